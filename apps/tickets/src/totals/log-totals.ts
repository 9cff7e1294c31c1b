import type { EventStore } from '@atrium/event-store';
import {
  builtInReference, complaintDecider, countComplaint, noComplaints, type ComplaintEvent, type ComplaintState, type ComplaintTotals,
} from '@atrium/tickets-domain';

export type Totals = ComplaintTotals & { readonly events: number };

/** Folds every complaint up to a position and counts what comes of it at `now` (ISO 8601, UTC). */
export async function logTotals(store: EventStore, until: bigint, now: string): Promise<Totals> {
  const states = new Map<string, ComplaintState>();
  let events = 0;
  for await (const batch of store.readAll({ prefixes: ['complaint-'], until })) {
    for (const event of batch.events) {
      states.set(event.stream, complaintDecider.evolve(states.get(event.stream) ?? complaintDecider.initialState, event as unknown as ComplaintEvent));
    }
    events += batch.events.length;
  }
  let totals = noComplaints;
  for (const state of states.values()) totals = countComplaint(totals, state, now, builtInReference);
  return { ...totals, events };
}
