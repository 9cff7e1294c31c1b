import { clock, lineOf, Speed } from './progress.js';
import { inWords, type Summary } from './summary.js';

const summary: Summary = { source: 'boston311', file: '/data/b.zip', outcome: 'complete', read: 58_251, accepted: 58_000, duplicates: 250, rejected: 1, seconds: 24.5, rowsPerSecond: 2_378 };

describe('the summary in words', () => {
  it('names what became of the rows', () => {
    expect(inWords(summary)).toBe('boston311: 58,251 rows read in 24.5 s (2,378 rows/s): 58,000 accepted, 250 already there, 1 rejected.');
  });

  it('adds the wait and the rejects file', () => {
    expect(inWords({ ...summary, waitedSeconds: 1.2, rejects: '/r.csv' }).split('\n').slice(1)).toEqual([
      'All views passed the last position after another 1.2 s.',
      'The rejected rows, with line and reason: /r.csv',
    ]);
  });

  it('counts the rows that an early end left without an answer, and says how to go on', () => {
    const words = inWords({ ...summary, outcome: 'interrupted', accepted: 57_000 });
    expect(words).toContain('57,000 accepted, 250 already there, 1 rejected, 1,000 without an answer.');
    expect(words).toContain('The same command continues');
  });
});

describe('progress', () => {
  it.each([
    [0, '0:00'],
    [0.2, '0:01'],
    [61, '1:01'],
    [3_600, '1:00:00'],
    [7_325, '2:02:05'],
    [-1, '0:00'],
  ])('shows %d s as %s', (wholeSeconds, shown) => {
    expect(clock(wholeSeconds)).toBe(shown);
  });

  it('goes by the rate of the last while', () => {
    const speed = new Speed(0);
    const standing = (done: number) => ({ done, total: 10_000, rejected: 0 });
    expect(speed.at(0, standing(0))).toEqual({ rate: '0', remaining: '–' });
    expect(speed.at(10_000, standing(1_000))).toEqual({ rate: '100', remaining: '1:30' });
    expect(speed.at(20_000, standing(2_000))).toEqual({ rate: '100', remaining: '1:20' });
    expect(speed.at(30_000, standing(6_000))).toEqual({ rate: '250', remaining: '0:16' });
    expect(speed.at(50_000, standing(6_000))).toEqual({ rate: '0', remaining: '–' });
  });

  it('is a plain line where there is no terminal', () => {
    const pace = { rate: '2,000', remaining: '0:28' };
    expect(lineOf({ done: 2_000, total: 58_251, rejected: 0 }, pace)).toBe('2,000 of about 58,251 rows · 2,000 rows/s · 0:28 left');
    expect(lineOf({ done: 2_000, total: 58_251, rejected: 7 }, pace)).toBe('2,000 of about 58,251 rows · 2,000 rows/s · 0:28 left · 7 rejected');
  });
});
