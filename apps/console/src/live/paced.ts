/**
 * Calls back soon after the first call, by chance within `spreadMs`, and again at most once in `betweenMs` while calls go on;
 * the last one is never lost.
 */
export const paced = (betweenMs: number, spreadMs: number, act: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAt = -Infinity;
  return () => {
    if (timer !== undefined) return;
    const now = performance.now();
    const waitMs = Math.max(Math.random() * spreadMs, lastAt + betweenMs - now);
    timer = setTimeout(() => {
      timer = undefined;
      lastAt = performance.now();
      act();
    }, waitMs);
  };
};
