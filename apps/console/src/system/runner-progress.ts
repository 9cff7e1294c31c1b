import type { Rebuild } from '../api.js';

export const hasFailed = ({ phase }: Rebuild): boolean => phase === 'refused' || phase === 'failed';

/** How far a rebuild has come, 0 to 1. Positions may be larger than exact numbers reach; the total is 0 until it is known. */
export const rebuildFraction = ({ done, total }: Pick<Rebuild, 'done' | 'total'>): number => {
  const all = BigInt(total);
  if (all <= 0n) return 0;
  return Math.min(1, Number((BigInt(done) * 10_000n) / all) / 10_000);
};
