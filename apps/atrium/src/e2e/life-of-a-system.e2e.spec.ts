import fs from 'node:fs';
import path from 'node:path';
import { identify } from '@atrium/embedded-postgres';
import { Atrium, removeTemporaryFolders, runToEnd, temporaryFolder } from './atrium.fixture.js';

const LIMIT_MS = 120_000;
const folder = path.join(temporaryFolder(), 'data');

afterAll(removeTemporaryFolders);

it('starts on an empty folder, stops on SIGTERM without a trace, and keeps its data and its ports', async () => {
  const first = await Atrium.start(folder);
  const { eventStore, postgres } = first.runFile() ?? {};
  expect(fs.statSync(path.join(folder, 'run.json')).mode & 0o777).toBe(0o600);
  const id = await first.register('The lift stands still');
  const pids = [first.pid, ...Object.values(first.processes())];

  const { code, stdout, stderr } = await first.stop();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(first.url);
  expect(pids.map(identify)).toEqual(pids.map(() => undefined));
  expect(fs.readdirSync(folder).sort()).toEqual(['event-store', 'issuer', 'keys-master', 'logs', 'ports.json', 'postgres']);

  const second = await Atrium.start(folder);
  expect(await second.subject(id)).toBe('The lift stands still');
  expect(second.runFile()?.eventStore.url).toBe(eventStore?.url);
  expect(second.runFile()?.postgres).toMatchObject({ port: postgres?.port, password: postgres?.password });
  expect(await second.stop('SIGINT')).toMatchObject({ code: 0, stderr: '' });
}, LIMIT_MS);

it('stops when the program that started it is gone, also before it is ready', async () => {
  const system = await Atrium.start(folder);
  expect(await system.abandon()).toMatchObject({ code: 0, stderr: '' });
  const aborted = runToEnd('main', [], folder, { through: ['timeout', '--signal=TERM', '0.3'] });
  expect((await aborted).stderr).toBe('');
  expect(fs.existsSync(path.join(folder, 'processes.json'))).toBe(false);
}, LIMIT_MS);

describe('its doors', () => {
  let system: Atrium;
  beforeAll(async () => { system = await Atrium.start(folder); }, LIMIT_MS);
  afterAll(() => system.stop());

  it('gives tokens that its services take, and nothing else on the output', async () => {
    const { code, stdout, stderr } = await runToEnd('token', ['agent'], folder);
    expect({ code, stderr, lines: stdout.split('\n').length }).toEqual({ code: 0, stderr: '', lines: 2 });
    const me = await system.get('/api/tickets/me', { authorization: `Bearer ${stdout.trim()}` });
    expect(await me.json()).toMatchObject({ role: 'agent' });
    expect((await system.get('/api/tickets/me')).status).toBe(401);
  });

  it('publishes only the public half of the key of its issuer', async () => {
    const { keys } = await (await system.get('/issuer/jwks.json')).json() as { keys: object[] };
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']]);
  });

  it('serves the console, the documents of all services, and health', async () => {
    expect(await (await system.get('/')).text()).toContain('<div id="root">');
    expect(await (await system.get('/docs')).text()).toContain('/docs/viewer/swagger-ui-bundle.js');
    expect((await system.get('/docs/viewer/swagger-ui-bundle.js')).headers.get('content-type')).toContain('javascript');
    const { openapi, paths } = await (await system.get('/docs/openapi.json')).json() as { openapi: string; paths: object };
    expect({ openapi, route: Object.keys(paths).includes('/api/tickets/complaints') }).toEqual({ openapi: '3.1.0', route: true });
    await system.becomesReady();
    expect(await (await system.get('/health/live')).json()).toEqual({ state: 'live' });
  });

  it('reconciles its stores and tells what follows the log', async () => {
    const { code, stdout } = await runToEnd('reconcile', [], folder);
    expect({ code, verdict: stdout.trim().split('\n').at(-1) }).toEqual({ code: 0, verdict: 'All totals agree.' });
    const status = await runToEnd('projections', ['status'], folder);
    expect({ code: status.code, lines: status.stdout.split('\n').map((line) => line.split(/\s+/)[0]) }).toMatchObject({ code: 0, lines: expect.arrayContaining(['name', 'complaints']) as string[] });
    const rebuilt = await runToEnd('projections', ['rebuild', 'complaints'], folder);
    expect({ code: rebuilt.code, end: rebuilt.stdout.trim().split('\n').at(-1) }).toEqual({ code: 0, end: expect.stringContaining('complaints is rebuilt') as string });
    expect(await runToEnd('projections', ['rebuild', 'nothing'], folder)).toMatchObject({ code: 1, stdout: '' });
  }, LIMIT_MS);
});
