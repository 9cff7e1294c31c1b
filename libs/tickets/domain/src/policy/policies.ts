import type { Policy } from './policy.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * `desk-1`: a first reply within 15 minutes of opening hours (004 §1.3); a promised time is a time of the wall clock,
 * moved by exactly as long as the customer kept us waiting. `imported-1`: promised times taken from another system.
 */
export const policies: Readonly<Record<string, Policy>> = {
  'desk-1': {
    version: 'desk-1',
    acknowledge: { mode: 'open', limitMs: 15 * MINUTE_MS },
    promisedTime: { mode: 'wall', asItStands: false },
    pauses: { customer: ['promised-time'], merchant: [] },
    reopenWithinMs: 7 * DAY_MS,
  },
  'imported-1': {
    version: 'imported-1',
    promisedTime: { mode: 'wall', asItStands: true },
    pauses: { customer: [], merchant: [] },
    reopenWithinMs: 7 * DAY_MS,
  },
};
