import { decodeToken } from '@atrium/kernel';
import { Tally } from '../importing/tally.js';
import { Interrupted, OperatorError } from '../operator-error.js';
import type { Reject } from '../report/rejects-file.js';
import type { Batch } from './batches.js';
import { sendBatches, type Sending } from './send-batches.js';
import { cutAfter, endLine, hangUp, refuse, resultLine, ScriptedPeer, takeAll, type Turn } from './scripted-peer.fixture.js';

const batch = (first: number, size = 3): Batch => ({
  rows: Array.from({ length: size }, (_, index) => {
    const key = `spec:${first + index}`;
    return { line: first + index + 2, key, json: JSON.stringify({ key }) };
  }),
});

async function* batches(count: number, onTaken: (taken: number) => void = () => undefined): AsyncGenerator<Batch> {
  for (let taken = 0; taken < count; taken += 1) {
    onTaken(taken + 1);
    yield await Promise.resolve(batch(taken * 3));
  }
}

interface Outcome {
  readonly tally: Tally;
  readonly rejects: readonly Reject[];
  readonly troubles: readonly string[];
  readonly failure: unknown;
}

async function send(peer: ScriptedPeer, source: AsyncGenerator<Batch>, changes: Partial<Sending> = {}): Promise<Outcome> {
  const tally = new Tally();
  const rejects: Reject[] = [];
  const troubles: string[] = [];
  const never = new AbortController().signal;
  let failure: unknown;
  try {
    await sendBatches(source, {
      endpoint: peer.endpoint,
      inFlight: 1,
      patience: { firstPauseMs: 1, longestPauseMs: 5, giveUpMs: 60_000 },
      tally,
      reject: (rows) => Promise.resolve(void rejects.push(...rows)),
      onTrouble: (reason) => troubles.push(reason),
      stop: never,
      cut: never,
      ...changes,
    });
  } catch (error) {
    failure = error;
  }
  return { tally, rejects, troubles, failure };
}

const counts = ({ accepted, duplicates }: Tally): object => ({ accepted, duplicates });

describe('sending batches', () => {
  it('counts accepted and repeated rows and keeps the highest position, whichever request answers last', async () => {
    await using peer = await ScriptedPeer.start();
    peer.store('spec:1');
    const { tally, failure } = await send(peer, batches(4), { inFlight: 4 });
    expect(failure).toBeUndefined();
    expect(counts(tally)).toEqual({ accepted: 11, duplicates: 1 });
    expect(decodeToken(tally.position ?? '')?.position).toBe(111n);
    expect(peer.asked[0]?.headers).toMatchObject({ authorization: 'Bearer spec-token', 'content-type': 'application/x-ndjson' });
  });

  it('has no more requests open than asked for, and takes a batch only when one is free for it', async () => {
    let taken = 0;
    const takenWhenAllWait: number[] = [];
    const waiting: (() => void)[] = [];
    const inThrees: Turn = (asked, response, peer) => {
      waiting.push(() => void takeAll(asked, response, peer));
      if (waiting.length < 3) return;
      takenWhenAllWait.push(taken);
      waiting.splice(0).forEach((answer) => answer());
    };
    await using peer = await ScriptedPeer.start([], inThrees);
    const { tally } = await send(peer, batches(9, (count) => (taken = count)), { inFlight: 3 });
    expect(tally.accepted).toBe(27);
    expect(peer.mostOpen).toBe(3);
    expect(takenWhenAllWait).toEqual([3, 6, 9]);
  });

  it.each<[string, Turn]>([
    ['503', refuse(503, { 'retry-after': '0' })],
    ['502', refuse(502)],
    ['a closed connection', hangUp],
  ])('repeats a batch after %s', async (_what, turn) => {
    await using peer = await ScriptedPeer.start([turn, turn]);
    const { tally, troubles, failure } = await send(peer, batches(2));
    expect(failure).toBeUndefined();
    expect(counts(tally)).toEqual({ accepted: 6, duplicates: 0 });
    expect(troubles).toHaveLength(2);
    expect(peer.asked.map(({ rows }) => rows[0]?.key)).toEqual(['spec:0', 'spec:0', 'spec:0', 'spec:3']);
  });

  it('sends a batch again as a whole when its answer breaks off, and counts what was accepted before as accepted', async () => {
    await using peer = await ScriptedPeer.start([cutAfter(2)]);
    const { tally, troubles } = await send(peer, batches(1));
    expect(peer.asked.map(({ rows }) => rows.length)).toEqual([3, 3]);
    expect(counts(tally)).toEqual({ accepted: 2, duplicates: 1 });
    expect(tally.settled).toBe(3);
    expect(troubles).toHaveLength(1);
  });

  it('takes an answer without its end line for one that broke off', async () => {
    const endless: Turn = ({ rows }, response, peer) => {
      response.writeHead(200);
      response.end(rows.map(({ key }, row) => resultLine(peer, key, row)).join(''));
    };
    await using peer = await ScriptedPeer.start([endless]);
    const { tally, troubles } = await send(peer, batches(1));
    expect(troubles).toEqual(['the answer broke off after 3 of 3 rows']);
    expect(counts(tally)).toEqual({ accepted: 3, duplicates: 0 });
  });

  it('gives up with one line when the system stays away, and keeps the count so far', async () => {
    await using peer = await ScriptedPeer.start([takeAll], hangUp);
    const { tally, failure } = await send(peer, batches(3), { patience: { firstPauseMs: 1, longestPauseMs: 2, giveUpMs: 20 } });
    expect(failure).toBeInstanceOf(OperatorError);
    expect(String(failure)).toMatch(/has not answered for 0.02 s \(.+\); giving up/);
    expect(counts(tally)).toEqual({ accepted: 3, duplicates: 0 });
  });

  it('rejects refused rows with their line, code and reasons, and takes the rest', async () => {
    const picky: Turn = ({ rows }, response, peer) => {
      const refused = { key: rows[1]?.key, row: 1, outcome: 'refused', code: 'invalid', detail: 'Wrong.', errors: [{ path: 'commands.0.data.subject', message: 'too long' }] };
      response.end([resultLine(peer, 'spec:0', 0), `${JSON.stringify(refused)}\n`, resultLine(peer, 'spec:2', 2), endLine(peer, ['spec:0', 'spec:2'])].join(''));
    };
    await using peer = await ScriptedPeer.start([picky]);
    const { tally, rejects } = await send(peer, batches(1));
    expect(counts(tally)).toEqual({ accepted: 2, duplicates: 0 });
    expect(rejects).toEqual([{ line: 3, key: 'spec:1', code: 'invalid', detail: 'Wrong.; commands.0.data.subject: too long' }]);
  });

  it.each([
    [401, 'The system does not accept the token (401 Token expired).'],
    [403, 'The token lacks the right: importing takes the role "integration" (403 Token expired).'],
    [404, 'The system refused the request (404 Token expired).'],
  ])('ends at once on %d', async (status, line) => {
    await using peer = await ScriptedPeer.start([], refuse(status, {}, { title: 'Token expired' }));
    const { failure, tally } = await send(peer, batches(5));
    expect(failure).toBeInstanceOf(OperatorError);
    expect((failure as OperatorError).message).toBe(line);
    expect(peer.asked).toHaveLength(1);
    expect(tally.settled).toBe(0);
  });

  it.each<[string, Turn]>([
    ['a page', (_asked, response) => void response.end('<html>\n</html>\n')],
    ['other rows', (_asked, response, peer) => void response.end(resultLine(peer, 'other:1', 0))],
    ['too few rows', ({ rows }, response, peer) => void response.end(resultLine(peer, rows[0]?.key ?? '', 0) + endLine(peer, []))],
  ])('does not go on with a peer that answers with %s', async (_what, turn) => {
    await using peer = await ScriptedPeer.start([], turn);
    const { failure } = await send(peer, batches(2));
    expect(failure).toBeInstanceOf(OperatorError);
    expect(peer.asked).toHaveLength(1);
  });

  it('finishes what is under way when it is stopped, and takes nothing more', async () => {
    const stop = new AbortController();
    const last: Turn = (asked, response, peer) => {
      stop.abort(new Interrupted(130));
      return takeAll(asked, response, peer);
    };
    await using peer = await ScriptedPeer.start([takeAll, last]);
    const { tally, failure } = await send(peer, batches(9), { stop: stop.signal });
    expect(failure).toBeInstanceOf(Interrupted);
    expect(tally.accepted).toBe(6);
    expect(peer.asked).toHaveLength(2);
  });

  it('does not sit out a pause when it is stopped', async () => {
    const stop = new AbortController();
    await using peer = await ScriptedPeer.start([], refuse(503, { 'retry-after': '600' }));
    const { failure } = await send(peer, batches(1), { stop: stop.signal, patience: { firstPauseMs: 1, longestPauseMs: 1, giveUpMs: 1e9 }, onTrouble: () => stop.abort(new Interrupted(130)) });
    expect(failure).toBeInstanceOf(Interrupted);
  });

  it('cuts a request that never ends', async () => {
    const [stop, cut] = [new AbortController(), new AbortController()];
    const silent: Turn = () => {
      stop.abort(new Interrupted(130));
      cut.abort(new Interrupted(130));
    };
    await using peer = await ScriptedPeer.start([silent]);
    const { failure, tally } = await send(peer, batches(3), { stop: stop.signal, cut: cut.signal });
    expect(failure).toBeInstanceOf(Interrupted);
    expect(tally.settled).toBe(0);
  });

  it('sends what was read before the file failed, and then says why', async () => {
    async function* failing(): AsyncGenerator<Batch> {
      yield await Promise.resolve(batch(0));
      throw new OperatorError('the zip is damaged');
    }
    await using peer = await ScriptedPeer.start();
    const { failure, tally } = await send(peer, failing(), { inFlight: 2 });
    expect((failure as OperatorError).message).toBe('the zip is damaged');
    expect(tally.accepted).toBe(3);
  });
});
