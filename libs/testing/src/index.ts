export { specify, type Then, type When } from './given-when-then.js';
export { createDatabase, type TestDatabase } from './postgres.js';
