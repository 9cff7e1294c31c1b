import { encodeToken } from '@atrium/kernel';
import { OperatorError } from '../operator-error.js';
import { refuse, ScriptedPeer, type Turn } from '../sending/scripted-peer.fixture.js';
import { waitForViews, type Runner } from './wait-for-views.js';

const token = encodeToken({ source: 'tickets', position: 500n });

const view = (position: number, changes: Partial<Runner> = {}): Runner => ({
  name: 'complaints', kind: 'projection', state: 'running', position: String(position), logEnd: '700', ...changes,
});

const runners = (...answer: readonly Runner[]): Turn => (_asked, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer.map((each) => ({ ...each, lag: null }))));
};

const wait = (peer: ScriptedPeer, position: string | undefined, standstillMs = 60_000): Promise<void> =>
  waitForViews(position, {
    endpoint: peer.endpoint,
    patience: { firstPauseMs: 1, longestPauseMs: 2, giveUpMs: 60_000 },
    lookEveryMs: 1,
    standstillMs,
    signal: new AbortController().signal,
    onTrouble: () => undefined,
    onBehind: () => undefined,
  });

const paths = (peer: ScriptedPeer): readonly string[] => peer.asked.map(({ path }) => path);

describe('waiting for the views', () => {
  it('ends when every projection has passed and a query that asks for the position is answered', async () => {
    const reaction = view(1, { name: 'when-clock-due', kind: 'reaction', position: null, state: 'degraded' });
    await using peer = await ScriptedPeer.start([
      runners(view(499, { position: null }), view(500), reaction),
      runners(view(499), view(500), reaction),
      refuse(503, { 'retry-after': '0' }),
      runners(view(500), view(498), reaction),
      runners(view(500), view(500), reaction),
      refuse(409, {}, { title: 'Not there yet', code: 'position-not-reached' }),
      runners(),
    ]);
    await wait(peer, token);
    const query = `/api/tickets/complaints?limit=1&after=${token}`;
    expect(paths(peer)).toEqual([...Array.from({ length: 5 }, () => '/api/tickets/runners'), query, query]);
    expect(peer.asked[0]?.headers.authorization).toBe('Bearer spec-token');
  });

  it('takes the end of the log for the goal when the import gave no position', async () => {
    await using peer = await ScriptedPeer.start([runners(view(650)), runners(view(700, { logEnd: '900' }))]);
    await wait(peer, undefined);
    expect(paths(peer)).toHaveLength(2);
  });

  it.each(['degraded', 'stopped'])('fails at once when a view is %s', async (state) => {
    await using peer = await ScriptedPeer.start([runners(view(500), view(77, { name: 'complaint-timeline', state, error: { message: 'Unknown event' } }))]);
    await expect(wait(peer, token)).rejects.toThrow(new OperatorError(`The view complaint-timeline is ${state} at position 77: Unknown event.`));
  });

  it('fails when no view moves any more', async () => {
    await using peer = await ScriptedPeer.start([runners(view(10))], runners(view(20)));
    await expect(wait(peer, token, 20)).rejects.toThrow('The views have not moved for 0.02 s; the last is 480 positions behind.');
  });

  it('fails on another kind of answer', async () => {
    await using peer = await ScriptedPeer.start([], (_asked, response) => void response.end('{"runners":[]}'));
    await expect(wait(peer, token)).rejects.toThrow(OperatorError);
  });

  it('fails on a token that is not accepted', async () => {
    await using peer = await ScriptedPeer.start([], refuse(401));
    await expect(wait(peer, token)).rejects.toThrow('The system does not accept the token (401).');
  });
});
