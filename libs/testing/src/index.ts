export { specify, type Then, type When } from './given-when-then.js';
export { createDatabase, type TestDatabase } from './postgres.js';
export { startIssuer, type TestIssuer } from './issuer.js';
export { startOwnEventStore, type OwnEventStore } from './own-event-store.js';
export { OpenIdIssuer } from './open-id-issuer.js';
