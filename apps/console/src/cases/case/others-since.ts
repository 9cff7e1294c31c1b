import type { TimelineEntry } from '../../api.js';

/** What other people wrote after a revision, in the order of record. What the system notices by itself disturbs nobody. */
export const othersSince = (timeline: readonly TimelineEntry[], revision: string, subject: string | undefined): readonly TimelineEntry[] =>
  timeline
    .filter(({ revision: written, actor }) => Number(written) > Number(revision) && actor.role !== 'system' && actor.id !== subject)
    .toSorted((one, other) => Number(one.revision) - Number(other.revision));
