import type { Runner } from '../api.js';

export interface Progress {
  /** 0 to 1. */
  readonly fraction: number;
  readonly done: number;
  readonly total: number;
}

/** How far a rebuild has come; undefined when none runs. An empty log is done at once. */
export const rebuildProgress = ({ rebuild }: Pick<Runner, 'rebuild'>): Progress | undefined => {
  if (rebuild == null) return undefined;
  const done = Number(rebuild.done);
  const total = Number(rebuild.total);
  return { done, total, fraction: total > 0 ? Math.min(1, done / total) : 1 };
};
