/** Does the work of each item, so many at a time, in order of their beginning; answers how long it took, in seconds. */
export async function inFlight<T>(items: readonly T[], many: number, work: (item: T, index: number) => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(many, items.length) }, worker));
  return (performance.now() - startedAt) / 1_000;
}
