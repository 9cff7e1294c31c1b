export { assertNever } from './assert-never.js';
export type { Decider } from './decider.js';
export type { Event } from './event.js';
export { isRefusal, refuse, type Refusal } from './refusal.js';
export { decodeToken, encodeToken, type PositionToken } from './position-token.js';
export type { Actor, EventMetadata, Recorded } from './recorded.js';
