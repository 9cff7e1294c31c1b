import { get as openGet, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createParser } from 'eventsource-parser';
import { decodeToken } from '@atrium/kernel';
import { startTickets, type RunningTickets } from '../spec-support/running-tickets.js';
import { ChangeFeed } from './change-feed.js';
import { STREAMS_OF_ONE } from './live-streams.js';

interface Told {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: { readonly ids?: string[]; readonly more?: boolean; readonly position?: string | null; readonly code?: string };
}

/** A reader of the stream, over a real socket. */
class Reader {
  readonly told: Told[] = [];
  isOver = false;
  #wake: () => void = () => undefined;

  private constructor(readonly request: ClientRequest, readonly response: IncomingMessage) {
    const parser = createParser({ onEvent: ({ event = '', id, data }) => { this.told.push({ event, id, data: JSON.parse(data) as Told['data'] }); this.#wake(); } });
    response.setEncoding('utf8').on('data', (text: string) => parser.feed(text));
    response.once('close', () => { this.isOver = true; this.#wake(); }).on('error', () => undefined);
  }

  static open(port: number, token: string, query = ''): Promise<Reader> {
    return new Promise((resolve, reject) => {
      const request = openGet({ host: '127.0.0.1', port, path: `/api/tickets/live${query}`, headers: { authorization: `Bearer ${token}` }, agent: false }, (response) => resolve(new Reader(request, response)));
      request.once('error', reject);
    });
  }

  /** Waits until something holds of what was told. */
  async until(holds: (told: readonly Told[]) => boolean): Promise<void> {
    while (!holds(this.told)) {
      if (this.isOver) throw new Error(`The stream ended before: ${JSON.stringify(this.told)}`);
      await new Promise<void>((resolve) => { this.#wake = resolve; });
    }
  }

  async untilOver(): Promise<void> {
    while (!this.isOver) await new Promise<void>((resolve) => { this.#wake = resolve; });
  }

  get changes(): Told[] {
    return this.told.filter(({ event }) => event === 'changed');
  }

  get ids(): string[] {
    return this.changes.flatMap(({ data }) => data.ids ?? []);
  }

  close(): void {
    this.request.destroy();
  }
}

describe('live updates', () => {
  let tickets: RunningTickets;
  let port: number;
  const readers: Reader[] = [];

  beforeEach(async () => {
    tickets = await startTickets();
    await tickets.service.app.listen(0, '127.0.0.1');
    port = (tickets.service.app.getHttpServer().address() as AddressInfo).port;
  }, 60_000);
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close();
    await tickets.stop();
  }, 60_000);

  const follow = async (query = '', role = 'agent', sub?: string, at = port): Promise<Reader> => {
    const reader = await Reader.open(at, await tickets.token(role, sub), query);
    readers.push(reader);
    return reader;
  };
  const begun = async (query = '', role = 'agent', sub?: string): Promise<Reader> => {
    const reader = await follow(query, role, sub);
    await reader.until((told) => told.length > 0);
    return reader;
  };
  /** Waits until lists show it where `shown` says so. */
  const register = async (subject: string, shown = false): Promise<string> => {
    const { status, headers, body } = await tickets.post('/complaints', { channel: 'desk', subject, description: 'At the north entrance.' });
    if (status !== 201) throw new Error(`${status}`);
    if (shown) await tickets.get(`/complaints?after=${headers['atrium-position'] as string}`);
    return body.id as string;
  };
  const positionOf = (token: string | undefined): bigint => decodeToken(token ?? '')?.position ?? -1n;
  const isAscending = (changes: readonly Told[]): boolean => {
    const positions = changes.map(({ id }) => positionOf(id));
    return positions.every((position, index) => index === 0 || position > (positions[index - 1] as bigint));
  };

  it('says where it begins, then what changes, in order, to everybody who listens', async () => {
    const before = await register('before', true);
    const one = await begun();
    const other = await begun('', 'auditor');
    expect(one.response).toMatchObject({ statusCode: 200, headers: expect.objectContaining({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }) });
    expect(one.told).toEqual([{ event: 'position', id: undefined, data: { position: expect.any(String) } }]);

    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      ids.push(await register(`case ${n}`));
      for (const reader of [one, other]) await reader.until(() => reader.ids.includes(ids[n] as string));
    }
    await tickets.post(`/complaints/${before}/acknowledge`, {});
    for (const reader of [one, other]) {
      await reader.until(() => reader.ids.includes(before));
      expect([...new Set(reader.ids)]).toEqual([...ids, before]);
      expect(reader.changes.every(({ id, data }) => id === data.position && data.more === false)).toBe(true);
      expect(isAscending(reader.changes)).toBe(true);
    }
  }, 60_000);

  it('announces nothing that lists do not show', async () => {
    const reader = await begun();
    for (let n = 0; n < 5; n += 1) {
      const id = await register(`shown ${n}`);
      await reader.until(() => reader.ids.includes(id));
      // Without `after`: whoever is told finds it there.
      expect((await tickets.get(`/complaints/${id}`)).status).toBe(200);
    }
  }, 60_000);

  it('merges what changes within a quarter of a second, and names a hundred at most', async () => {
    const reader = await begun();
    const rows = Array.from({ length: 150 }, (_, n) => ({
      key: `k${n}`, mallId: 'boston', policy: 'imported-1', backdatingReason: 'import',
      commands: [{ type: 'RegisterComplaint', occurredAt: '2011-07-01T00:00:00Z', data: { channel: 'phone', subject: `s${n}`, description: 'd' } }],
    }));
    expect((await tickets.import(rows)).filter(({ outcome }) => outcome === 'accepted')).toHaveLength(150);
    const last = await register('the last one');
    await reader.until(() => reader.ids.includes(last) || reader.changes.some(({ data }) => data.more === true));
    expect(reader.changes.length).toBeLessThan(50);
    expect(Math.max(...reader.changes.map(({ data }) => data.ids?.length ?? 0))).toBeLessThanOrEqual(100);
  }, 60_000);

  it('narrows to one complaint', async () => {
    const [one, other] = [await register('one', true), await register('other', true)];
    const reader = await begun(`?complaint=${other.toUpperCase()}`);
    const passedOver = await tickets.post(`/complaints/${one}/acknowledge`, {});
    await tickets.get(`/complaints?after=${passedOver.headers['atrium-position'] as string}`);
    await tickets.post(`/complaints/${other}/acknowledge`, {});
    await reader.until(() => reader.changes.length > 0);
    expect(positionOf(reader.changes[0]?.id)).toBeGreaterThan(positionOf(passedOver.headers['atrium-position'] as string));
    expect(new Set(reader.ids)).toEqual(new Set([other]));
    expect(await tickets.get('/live?complaint=7')).toMatchObject({ status: 400, body: { code: 'invalid-query' } });
    expect(await tickets.get('/live?token=x')).toMatchObject({ status: 400, body: { code: 'invalid-query' } });
  }, 60_000);

  it('is for readers with a token', async () => {
    expect(await tickets.get('/live', { role: 'member-clerk' })).toMatchObject({ status: 403 });
    expect(await tickets.get('/live', { headers: { authorization: '' } })).toMatchObject({ status: 401 });
  }, 60_000);

  it('goes on while the rows are away, and tells afterwards what changed meanwhile', async () => {
    const reader = await begun();
    await tickets.database.goAway();
    const meanwhile = await register('taken meanwhile');
    expect(reader.isOver).toBe(false);
    await tickets.database.comeBack();
    await reader.until(() => reader.ids.includes(meanwhile));
    expect((await tickets.get(`/complaints/${meanwhile}`)).status).toBe(200);
  }, 60_000);

  it('goes on while the log is away, and takes the subscription up where it was', async () => {
    const reader = await begun();
    const before = await register('before');
    await reader.until(() => reader.ids.includes(before));
    await tickets.restartLog();
    let meanwhile: string | undefined;
    while (meanwhile === undefined) meanwhile = await register('afterwards').catch(() => undefined);
    await reader.until(() => reader.ids.includes(meanwhile));
    expect(reader.isOver).toBe(false);
    expect(isAscending(reader.changes)).toBe(true);
  }, 60_000);

  it('gives one person twenty streams, and a place again when one is closed', async () => {
    const mine = await Promise.all(Array.from({ length: STREAMS_OF_ONE }, () => follow()));
    expect(mine.map(({ response }) => response.statusCode)).toEqual(mine.map(() => 200));
    const refused = await follow();
    expect(refused.response).toMatchObject({ statusCode: 429, headers: expect.objectContaining({ 'retry-after': '30', 'content-type': 'application/problem+json; charset=utf-8' }) });
    expect((await follow('', 'agent', 'somebody else')).response.statusCode).toBe(200);
    mine[0]?.close();
    let again = await follow();
    while (again.response.statusCode === 429) again = await follow();
    expect(again.response.statusCode).toBe(200);
  }, 60_000);

  it('subscribes to the log only while somebody listens', async () => {
    const feed = tickets.service.app.get(ChangeFeed);
    expect(feed.isFollowing).toBe(false);
    const [one, other] = [await begun(), await begun()];
    expect(feed.isFollowing).toBe(true);
    one.close();
    const id = await register('somebody listens');
    await other.until(() => other.ids.includes(id));
    other.close();
    while (feed.isFollowing) await new Promise((resolve) => setImmediate(resolve));
    const quiet = await register('nobody listens', true);
    const late = await begun();
    const loud = await register('somebody listens');
    await late.until(() => late.ids.includes(loud));
    expect(late.ids).not.toContain(quiet);
  }, 60_000);

  it('tells of what was written elsewhere on an instance that stands by, once its queries show it', async () => {
    const another = await tickets.another();
    await another.app.listen(0, '127.0.0.1');
    const reader = await follow('', 'agent', undefined, (another.app.getHttpServer().address() as AddressInfo).port);
    await reader.until((told) => told.length > 0);
    for (let n = 0; n < 3; n += 1) {
      const id = await register(`written elsewhere ${n}`);
      await reader.until(() => reader.ids.includes(id));
      const shown = await another.app.inject({ url: `/api/tickets/complaints/${id}`, headers: { authorization: `Bearer ${await tickets.token('agent')}` } });
      expect(shown.statusCode).toBe(200);
    }
    await Promise.all([another.close(), reader.untilOver()]);
    expect(reader.told.at(-1)).toMatchObject({ event: 'end', data: { code: 'stopping' } });
  }, 60_000);

  it('ends when the token does, and says so', async () => {
    const reader = await Reader.open(port, await tickets.token('agent', 'brief', '2s'));
    readers.push(reader);
    await reader.untilOver();
    expect(reader.told.at(-1)).toEqual({ event: 'end', id: undefined, data: { code: 'token-expired' } });
  }, 60_000);

  it('ends when the service stops, without anybody closing connections, and takes no further ones', async () => {
    const reader = await begun();
    tickets.service.endStreams();
    await reader.untilOver();
    expect(reader.told.at(-1)).toEqual({ event: 'end', id: undefined, data: { code: 'stopping' } });
    expect(await tickets.get('/live')).toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) } });
    await tickets.service.app.close();
  }, 60_000);
});
