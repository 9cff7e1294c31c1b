import path from 'node:path';
import { OpenIdIssuer } from '@atrium/testing';
import { Atrium, eventually, removeTemporaryFolders, runToEnd, temporaryFolder } from './atrium.fixture.js';

const LIMIT_MS = 120_000;
const folder = path.join(temporaryFolder(), 'data');

afterAll(removeTemporaryFolders);

const oneLine = (line: string, code: number) => ({ code, stdout: '', stderr: expect.stringMatching(new RegExp(`^[^\\n]*${line}[^\\n]*\\n$`)) as string });

describe('an issuer elsewhere', () => {
  let issuer: OpenIdIssuer;
  let system: Atrium;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    issuer = await OpenIdIssuer.start();
    env = { ATRIUM_ISSUER: issuer.url, ATRIUM_ROLE_CLAIM: 'realm_access.roles', ATRIUM_CONSOLE_CLIENT_ID: 'console' };
    await issuer.goAway();
    system = await Atrium.start(folder, { env });
  }, LIMIT_MS);
  afterAll(async () => {
    await system.stop();
    await issuer.goAway();
  }, LIMIT_MS);

  const tokenFor = (role: string): Promise<string> => issuer.token({ role: undefined, realm_access: { roles: ['offline_access', role] } });
  const me = async (token: string): Promise<{ status: number; body: unknown }> => {
    const answer = await system.get('/api/tickets/me', { authorization: `Bearer ${token}` });
    return { status: answer.status, body: await answer.json() };
  };

  it('may be away when the system starts: it is not ready, and is once the issuer answers', async () => {
    const readiness = await system.get('/health/ready');
    expect({ status: readiness.status, body: await readiness.json() }).toEqual({ status: 503, body: { state: 'away', reasons: ['tickets: token keys'] } });
    await issuer.comeBack();
    await system.becomesReady();
  }, LIMIT_MS);

  it('is the one whose tokens are taken, by the role they carry', async () => {
    await eventually(async () => expect(await me(await tokenFor('shift-lead'))).toMatchObject({ status: 200, body: { id: 'ann', role: 'shift-lead', title: { zh: '领班', en: 'Shift lead' } } }));
    expect(await me(await tokenFor('uma_authorization'))).toMatchObject({ status: 403, body: { code: 'role-unknown' } });
  }, LIMIT_MS);

  it('takes the place of the built-in one, of which there is no key', async () => {
    expect((await system.get('/issuer/jwks.json')).status).toBe(404);
    await expect(system.token()).rejects.toThrow(/no issuer's key/);
    const line = `Atrium takes tokens of ${issuer.url} here`;
    expect(await runToEnd('token', ['supervisor'], folder)).toEqual(oneLine(line, 1));
    expect(await runToEnd('reconcile', [], folder)).toEqual(oneLine(`${line}: give one of the role auditor in ATRIUM_TOKEN`, 1));
    expect(await runToEnd('reconcile', [], folder, { env: { ATRIUM_TOKEN: await tokenFor('auditor') } })).toMatchObject({ code: 0, stdout: expect.stringContaining('All totals agree') });
  }, LIMIT_MS);

  it('is where the console signs people in', async () => {
    const settings = await system.get('/console/settings.json');
    expect(await settings.json()).toEqual({ issuer: { url: issuer.url, clientId: 'console', scope: 'openid' } });
    const page = await system.get('/');
    expect(page.headers.get('content-security-policy')).toContain(`connect-src 'self' ${new URL(issuer.url).origin};`);
  }, LIMIT_MS);
});

describe('an issuer that cannot be', () => {
  it.each([
    [{ ATRIUM_ISSUER: 'tills' }, 'ATRIUM_ISSUER: must be the URL of an OpenID Connect issuer'],
    [{ ATRIUM_ISSUER: 'https://id.example', ATRIUM_CLOCK_SKEW_SECONDS: 'some' }, 'ATRIUM_CLOCK_SKEW_SECONDS: must be a whole number of seconds'],
    [{ ATRIUM_CONSOLE_CLIENT_ID: 'console' }, 'ATRIUM_CONSOLE_CLIENT_ID is of use with ATRIUM_ISSUER only'],
  ])('stops the start in one line: %j', async (env, line) => {
    expect(await runToEnd('main', [], path.join(folder, 'none'), { env })).toEqual(oneLine(line, 2));
  });
});
