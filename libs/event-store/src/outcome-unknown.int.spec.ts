import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { count, freshStream, identity } from './counter.fixture.js';
import { OutcomeUnknown } from './errors.js';
import { EventStore } from './event-store.js';
import { execute } from './execute.js';
import { loadStream } from './load.js';

/** Passes bytes between client and server, until it is told to lose those of one direction. */
class Proxy {
  lose: 'nothing' | 'requests' | 'answers' = 'nothing';
  private readonly sockets = new Set<net.Socket>();
  private readonly server = net.createServer((client) => {
    const upstream = net.connect(this.port, '127.0.0.1');
    client.on('data', (bytes) => { if (this.lose !== 'requests') upstream.write(bytes); });
    upstream.on('data', (bytes) => { if (this.lose !== 'answers') client.write(bytes); });
    for (const [socket, other] of [[client, upstream], [upstream, client]] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => { this.sockets.delete(socket); other.destroy(); });
    }
  });

  constructor(private readonly port: number) {}

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `esdb://127.0.0.1:${(this.server.address() as net.AddressInfo).port}?tls=false`;
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('an append whose answer is lost', () => {
  let direct: EventStore;
  let store: EventStore;
  let proxy: Proxy;

  beforeEach(async () => {
    const url = process.env.ATRIUM_TEST_EVENT_STORE_URL as string;
    direct = EventStore.connect({ url });
    proxy = new Proxy(Number(/:(\d+)\?/.exec(url)?.[1]));
    store = EventStore.connect({ url: await proxy.listen(), deadlineMs: 3_000 });
  });
  afterEach(async () => {
    await proxy.close();
    await Promise.all([store.dispose(), direct.dispose()]);
  });

  it('is found, and told as it is stored', async () => {
    const stream = freshStream();
    await execute(store, count(stream, 1, { creates: true }));
    // The load goes through the proxy too, so that answers are lost from the decision on.
    const running = execute(store, count(stream, 2, { decide: ({ state }) => { proxy.lose = 'answers'; return [{ type: 'Counted', data: { by: state }, occurredAt: '2026-01-01T00:00:00.000Z' }]; } }));
    while ((await loadStream(direct, stream)).length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    proxy.lose = 'nothing';
    proxy.cut();
    const outcome = await running;
    expect(outcome).toMatchObject({ kind: 'repeated', loaded: { state: 2, revision: 1n } });
    expect(outcome.kind === 'repeated' && outcome.written).toEqual((await loadStream(direct, stream)).slice(1));
  }, 30_000);

  it('is sent once more when it never arrived, and written once', async () => {
    const stream = freshStream();
    await execute(store, count(stream, 1, { creates: true }));
    const running = execute(store, count(stream, 2, { decide: ({ state }) => { proxy.lose = 'requests'; return [{ type: 'Counted', data: { by: state }, occurredAt: '2026-01-01T00:00:00.000Z' }]; } }));
    while (proxy.lose === 'nothing') await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve, 100));
    proxy.lose = 'nothing';
    proxy.cut();
    expect(await running).toMatchObject({ kind: 'accepted', loaded: { state: 2, revision: 1n } });
    expect(await loadStream(direct, stream)).toHaveLength(2);
  }, 30_000);

  it('is said to be unknown when the log cannot be asked either; the same command later finds out', async () => {
    const stream = freshStream();
    await execute(store, count(stream, 1, { creates: true }));
    const same = identity();
    const running = execute(store, count(stream, 2, { identity: same, decide: () => { proxy.lose = 'answers'; return [{ type: 'Counted', data: { by: 2 }, occurredAt: '2026-01-01T00:00:00.000Z' }]; } }));
    await expect(running).rejects.toThrow(OutcomeUnknown);
    proxy.lose = 'nothing';
    proxy.cut();
    expect(await execute(direct, count(stream, 2, { identity: same }))).toMatchObject({ kind: 'repeated', loaded: { state: 3 } });
  }, 30_000);
});
