import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { untilAborted } from './abortable.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('untilAborted', () => {
  const unexpected = (error: unknown) => { throw error; };

  it('delivers in order and ends with its source', async () => {
    async function* source() { yield 1; yield 2; yield 3; }
    const taken: number[] = [];
    for await (const value of untilAborted(source(), new AbortController().signal, unexpected)) taken.push(value);
    expect(taken).toEqual([1, 2, 3]);
  });

  it('ends at the signal while the source waits', async () => {
    const stop = new AbortController();
    async function* source() { yield 1; stop.abort(); await new Promise(() => undefined); }
    const taken: number[] = [];
    for await (const value of untilAborted(source(), stop.signal, unexpected)) taken.push(value);
    expect(taken).toEqual([1]);
  });

  it('throws what the source throws', async () => {
    async function* source() { yield 1; throw new Error('away'); }
    await expect((async () => { for await (const _value of untilAborted(source(), new AbortController().signal, unexpected)); })()).rejects.toThrow('away');
  });

  it('keeps nothing of what has been delivered', async () => {
    const delivered: WeakRef<object>[] = [];
    async function* source() {
      for (let n = 0; n < 200; n += 1) {
        const batch = { n, weight: new Array(1_000).fill(n) };
        delivered.push(new WeakRef(batch));
        yield batch;
      }
    }
    let kept = Infinity;
    for await (const { n } of untilAborted(source(), new AbortController().signal, unexpected)) {
      await new Promise((resolve) => setImmediate(resolve));
      if (n !== 150) continue;
      collectGarbage();
      kept = delivered.filter((batch) => batch.deref() !== undefined).length;
    }
    expect(kept).toBeLessThan(10);
  });
});
