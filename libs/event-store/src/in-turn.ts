/** The last work of each key that has any. */
const queues = new Map<string, Promise<unknown>>();

/** Runs work of one key one after the other, in the order in which it came. A failure stops nobody. */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = queues.get(key);
  const mine = before === undefined ? work() : before.then(work, work);
  queues.set(key, mine);
  try {
    return await mine;
  } finally {
    if (queues.get(key) === mine) queues.delete(key);
  }
}
