import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { EventStream, StreamEvent } from '@atrium/http';
import { LiveListener } from './live-listener.js';
import { MOST_IDS } from './notice.js';

/** A reader's end of the stream: what was sent, and whether it is being taken. */
class Wire {
  readonly sent: (StreamEvent | 'beat' | 'end' | 'drop')[] = [];
  readonly #ended = new AbortController();
  readonly ended = this.#ended.signal;
  isBusy = false;
  #free: () => void = () => undefined;

  whenFree(then: () => void): void { this.#free = then; }
  send(event: StreamEvent): void { this.sent.push(event); }
  beat(): void { this.sent.push('beat'); }
  end(): void { this.#over('end'); }
  drop(): void { this.#over('drop'); }
  takeAll(): void { this.isBusy = false; this.#free(); }

  #over(how: 'end' | 'drop'): void {
    this.sent.push(how);
    this.#ended.abort();
  }
}

const QUARTER_MS = 15 * 60_000;
let wire: Wire;
let listener: LiveListener;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  wire = new Wire();
  listener = new LiveListener(wire as unknown as EventStream, { complaint: undefined, expiresAt: QUARTER_MS });
});
afterEach(() => { jest.useRealTimers(); });

const change = (position: bigint, ...ids: string[]) => listener.changed({ ids: new Set(ids), position });
const told = () => wire.sent.flatMap((one) => (typeof one === 'object' && one.event === 'changed' ? [(one.data as { ids: string[]; more: boolean })] : []));

it('tells the first change at once, and those within a quarter of a second together', () => {
  change(1n, 'a');
  expect(told()).toMatchObject([{ ids: ['a'] }]);
  change(2n, 'b');
  jest.advanceTimersByTime(200);
  change(3n, 'a');
  expect(told()).toHaveLength(1);
  jest.advanceTimersByTime(50);
  expect(told()).toMatchObject([{ ids: ['a'] }, { ids: ['b', 'a'], more: false }]);
  jest.advanceTimersByTime(1_000);
  expect(told()).toHaveLength(2);
});

it('keeps one notice of bounded size for a reader who does not read, and tells it once that one does', () => {
  wire.isBusy = true;
  for (let n = 0; n < 10_000; n += 1) change(BigInt(n), `case ${n}`);
  jest.advanceTimersByTime(5_000);
  expect(told()).toEqual([]);
  wire.takeAll();
  expect(told()).toHaveLength(1);
  expect(told()[0]).toMatchObject({ more: true });
  expect(told()[0]?.ids).toHaveLength(MOST_IDS);
});

it('beats every fifteen seconds for those who read, and lets go of one who has not for a minute', () => {
  jest.advanceTimersByTime(30_000);
  expect(wire.sent).toEqual(['beat', 'beat']);
  wire.isBusy = true;
  jest.advanceTimersByTime(74_000);
  expect(wire.sent).toEqual(['beat', 'beat']);
  jest.advanceTimersByTime(1_000);
  expect(wire.sent).toEqual(['beat', 'beat', 'drop']);
  change(1n, 'a');
  jest.advanceTimersByTime(2 * QUARTER_MS);
  expect(wire.sent).toHaveLength(3);
  expect(jest.getTimerCount()).toBe(0);
});

it('ends with the token', () => {
  jest.advanceTimersByTime(QUARTER_MS);
  expect(wire.sent.slice(-2)).toEqual([{ event: 'end', data: { code: 'token-expired' } }, 'end']);
  expect(jest.getTimerCount()).toBe(0);
});

it('ends after half an hour, so that a longer token is shown again', () => {
  const other = new Wire();
  void new LiveListener(other as unknown as EventStream, { complaint: undefined, expiresAt: 100 * 24 * 4 * QUARTER_MS });
  jest.advanceTimersByTime(2 * QUARTER_MS);
  expect(other.sent.slice(-2)).toEqual([{ event: 'end', data: { code: 'renew' } }, 'end']);
});
