import { OperatorError } from '../operator-error.js';
import { retryAfterMs, Unanswered } from './answers.js';
import { untilAnswered, type Patience } from './retry.js';

const lasting: Patience = { firstPauseMs: 100, longestPauseMs: 1_000, giveUpMs: 1e9 };
const never = new AbortController().signal;

async function pausesOf(failures: readonly Error[], patience = lasting): Promise<readonly number[]> {
  const pauses: number[] = [];
  const left = [...failures];
  const attempt = async (): Promise<string> => {
    const failure = left.shift();
    if (failure !== undefined) throw failure;
    return Promise.resolve('answer');
  };
  const pause = async (ms: number): Promise<void> => Promise.resolve(void pauses.push(ms));
  await expect(untilAnswered(attempt, patience, never, () => undefined, pause)).resolves.toBe('answer');
  return pauses;
}

describe('untilAnswered', () => {
  it('pauses longer each time, up to a limit, never for less than half of it', async () => {
    const pauses = await pausesOf(Array.from({ length: 8 }, () => new Unanswered('503')));
    [100, 200, 400, 800, 1_000, 1_000, 1_000, 1_000].forEach((limit, index) => {
      expect(pauses[index]).toBeGreaterThanOrEqual(limit / 2);
      expect(pauses[index]).toBeLessThanOrEqual(limit);
    });
  });

  it('pauses as Retry-After says', async () => {
    expect(await pausesOf([new Unanswered('503', 7_000), new Unanswered('503', 0)])).toEqual([7_000, 0]);
  });

  it('pauses no longer than it would go on trying', async () => {
    const [pause] = await pausesOf([new Unanswered('503', 1e9)], { ...lasting, giveUpMs: 60_000 });
    expect(pause).toBeLessThanOrEqual(60_000);
  });

  it('gives up with what was wrong last', async () => {
    const attempt = (): Promise<never> => Promise.reject(new Unanswered('connect ECONNREFUSED'));
    const ending = untilAnswered(attempt, { ...lasting, giveUpMs: 0 }, never, () => undefined);
    await expect(ending).rejects.toThrow(new OperatorError('The system has not answered for 0 s (connect ECONNREFUSED); giving up.'));
  });

  it('repeats nothing but what went unanswered', async () => {
    let attempts = 0;
    const attempt = (): Promise<never> => {
      attempts += 1;
      return Promise.reject(new OperatorError('401'));
    };
    await expect(untilAnswered(attempt, lasting, never, () => undefined)).rejects.toThrow('401');
    expect(attempts).toBe(1);
  });
});

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['3', 3_000],
    ['Thu, 01 Jan 1970 00:00:20 GMT', 10_000],
    ['Thu, 01 Jan 1970 00:00:05 GMT', 0],
    ['soon', undefined],
    [null, undefined],
  ])('reads %p', (header, ms) => {
    expect(retryAfterMs(header, 10_000)).toBe(ms);
  });
});
