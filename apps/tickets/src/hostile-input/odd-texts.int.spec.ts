import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@atrium/tickets-domain';
import { startTickets, type Answer, type RunningTickets } from '../spec-support/running-tickets.js';
import { ticketsOpenApi } from '../tickets-service.js';
import { describedRoutes, needsComplaint, takesJson, type Described, type Route } from './described-routes.fixture.js';
import { callerOf, validBody } from './ground.fixture.js';
import { oddTexts } from './odd-texts.fixture.js';
import { fieldsOf, isFreeText, withField, type Schema } from './schema.fixture.js';
import { inParallel } from './wire.fixture.js';

const AT_ONCE = 16;

const commands = describedRoutes(await ticketsOpenApi() as unknown as Described).filter((route) => takesJson(route) && route.path.startsWith('/api/tickets/complaints'));
const creation = commands.find((route) => !needsComplaint(route)) as Route;
const named = commands.map((route): [string, Route] => [route.path.replace('/api/tickets', ''), route]);

const schemaOf = ({ bodies }: Route): Schema => bodies['application/json'] as Schema;
const textFields = (route: Route) => fieldsOf(schemaOf(route)).filter(({ schema }) => isFreeText(schema));

/** As much of a text as the field takes, without halves of characters or blanks at its end. */
const cut = (text: string, { maxLength = Infinity }: Schema): string => [...text].slice(0, maxLength).join('').trim();

const bodyWith = (route: Route, text: string): object =>
  textFields(route).reduce<object>((body, { path, schema }) => withField(body, path, cut(text, schema), schemaOf(route)) as object, validBody(route));

describe('texts that look odd to a program', () => {
  let tickets: RunningTickets;
  /** Commands after which a route is possible, for each that there is. */
  const waysTo = new Map<Route, readonly Route[]>();

  beforeAll(async () => {
    tickets = await startTickets({ ATRIUM_RATE_LIMIT: '0' });
    await findWays();
  }, 60_000);
  afterAll(() => tickets.stop());

  const send = (route: Route, id: string, body: object = validBody(route), key = randomUUID()): Promise<Answer> =>
    tickets.post(route.path.replace('/api/tickets', '').replace('{id}', id), body, { role: callerOf(route) as Role, key });

  /** A new complaint at which these commands were accepted. */
  async function complaintAfter(way: readonly Route[]): Promise<Answer> {
    let answer = await send(creation, '');
    for (const route of way) answer = await send(route, answer.body.id as string);
    return answer;
  }

  /** By trying: from each state that was reached, every command that nobody has reached yet. */
  async function findWays(): Promise<void> {
    const begun: (readonly Route[])[] = [[]];
    for (const way of begun) {
      for (const route of commands.filter((command) => command !== creation && !waysTo.has(command))) {
        const { body: { id } } = await complaintAfter(way);
        if ((await send(route, id as string)).status !== 200) continue;
        waysTo.set(route, way);
        if (way.length < 4) begun.push([...way, route]);
      }
    }
    waysTo.set(creation, []);
  }

  it('can be tried with every command', () => {
    expect(commands.filter((route) => !waysTo.has(route)).map(({ path }) => path)).toEqual([]);
  });

  it.each(named)('come back as they were written: %s', async (_path, route) => {
    const changed = await inParallel(Object.entries(oddTexts), AT_ONCE, async ([name, text]) => {
      const body = bodyWith(route, text);
      const id = route === creation ? '' : (await complaintAfter(waysTo.get(route) as readonly Route[])).body.id as string;
      const sent = await send(route, id, body);
      if (![200, 201].includes(sent.status)) return [`${name}: ${sent.status} ${sent.text}`];
      const { body: page } = await tickets.get(`/complaints/${sent.body.id as string}?after=${String(sent.headers['atrium-position'])}`);
      const shown = new Set(textsIn(page));
      return textFields(route).filter(({ schema }) => !shown.has(cut(text, schema))).map(({ path }) => `${name} in ${path.join('.')}`);
    });
    expect(changed.flat()).toEqual([]);
  }, 60_000);

  it('are found by what they are, and show so in the list', async () => {
    const wrong = await inParallel(Object.entries(oddTexts), AT_ONCE, async ([name, text]) => {
      const { body: { id }, headers } = await send(creation, '', bodyWith(creation, text));
      const { status, body } = await tickets.get(`/complaints?${new URLSearchParams({ q: cut(text, { maxLength: 100 }), after: String(headers['atrium-position']), limit: '200' })}`);
      const found = (body.items as { id: string; subject: string }[] | undefined)?.find((item) => item.id === id);
      return status === 200 && found?.subject === cut(text, { maxLength: 200 }) ? [] : [`${name}: ${status} ${String(found?.subject)}`];
    });
    expect(wrong.flat()).toEqual([]);
  }, 60_000);

  it.each(named)('make another command of a key that was used: %s', async (_path, route) => {
    const id = route === creation ? '' : (await complaintAfter(waysTo.get(route) as readonly Route[])).body.id as string;
    const key = randomUUID();
    const body = validBody(route);
    const first = await send(route, id, body, key);
    expect(await send(route, id, body, key)).toMatchObject({ status: first.status, body: { id: first.body.id, revision: first.body.revision, events: first.body.events } });
    const [field] = textFields(route);
    if (field === undefined) return;
    const other = withField(body, field.path, 'something else', schemaOf(route)) as object;
    expect(await send(route, id, other, key)).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect((await tickets.get(`/complaints/${first.body.id as string}?after=${String(first.headers['atrium-position'])}`)).body.revision).toBe(first.body.revision);
  });
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
