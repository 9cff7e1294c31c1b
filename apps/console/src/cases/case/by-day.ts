import type { TimelineEntry } from '../../api.js';

export interface Day {
  readonly key: string;
  readonly name: string;
  readonly entries: readonly TimelineEntry[];
}

/** Runs of entries of one day, in the order given. A backdated entry may open its day again. */
export const byDay = (entries: readonly TimelineEntry[], dayOf: (occurredAt: string) => string): readonly Day[] => {
  const days: { key: string; name: string; entries: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const name = dayOf(entry.occurredAt);
    const last = days.at(-1);
    if (last?.name === name) last.entries.push(entry);
    else days.push({ key: entry.revision, name, entries: [entry] });
  }
  return days;
};
