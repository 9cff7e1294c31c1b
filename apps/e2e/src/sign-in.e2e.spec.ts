import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Browser, chromiumPath } from './browser.js';
import type { Watched } from './browser.js';
import { AUDIENCE, CLIENT_ID, OpenIdProvider, ROLE_CLAIM } from './open-id-provider.js';
import { notBuilt, RunningSystem } from './running-system.js';

jest.setTimeout(60_000);

const executable = chromiumPath();
const missing = executable === undefined ? 'no Chromium is installed' : notBuilt().length > 0 ? `not built: ${notBuilt().join(', ')}` : undefined;
const required = process.env.REQUIRE_BROWSER === '1';
if (missing !== undefined && !required) process.stderr.write(`Browser specs are skipped: ${missing}.\n`);

const look = { width: 1440, language: 'zh' } as const;

(missing === undefined || required ? describe : describe.skip)('signing in at an OpenID Connect provider', () => {
  let provider: OpenIdProvider;
  let system: RunningSystem;
  let browser: Browser;
  let watched: Watched;

  beforeAll(async () => {
    if (missing !== undefined || executable === undefined) throw new Error(`REQUIRE_BROWSER=1, but ${missing}`);
    // It says at length that this is no setup for production, and that it was made for a later Node.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    jest.spyOn(console, 'info').mockImplementation(() => undefined);
    provider = await OpenIdProvider.start();
    Object.assign(process.env, { ATRIUM_ISSUER: provider.issuer, ATRIUM_AUDIENCE: AUDIENCE, ATRIUM_ROLE_CLAIM: ROLE_CLAIM, ATRIUM_CONSOLE_CLIENT_ID: CLIENT_ID });
    system = await RunningSystem.start();
    provider.serve(system.url);
    browser = await Browser.launch(executable);
  }, 120_000);

  afterEach(async () => {
    // The provider knows a browser again by its cookies.
    await watched.page.context().clearCookies();
    await watched.page.close();
  });

  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await provider?.stop();
  }, 60_000);

  const button = (page: Page) => page.getByRole('button', { name: '前往登录' });

  /** On the provider's own pages. */
  const identify = async (page: Page, role: string): Promise<void> => {
    await page.locator('input[name="login"]').fill(role);
    await page.locator('input[name="password"]').fill('anything');
    await page.locator('button[type="submit"]').click();
    await page.locator('button[type="submit"]').click();
  };

  const signIn = async (path: string, role: string): Promise<Page> => {
    watched = await browser.open(`${system.url}${path}`, look);
    const { page } = watched;
    await button(page).click();
    await identify(page, role);
    await page.locator('.user-button').waitFor();
    return page;
  };

  it('leads there and back to the page that was asked for, and says who is signed in', async () => {
    watched = await browser.open(`${system.url}/cases?status=all`, look);
    const { page, inspectAll } = watched;
    await button(page).waitFor();
    await page.getByText(new URL(provider.issuer).host).waitFor();
    expect(await inspectAll('sign-in-issuer')).toEqual([]);
    await button(page).click();
    await identify(page, 'shift-lead');
    await page.getByRole('heading', { level: 1, name: '案件' }).waitFor();
    const { pathname, search } = new URL(page.url());
    expect(`${pathname}${search}`).toBe('/cases?status=all');
    await page.locator('.user-name').filter({ hasText: '李娜 shift-lead' }).waitFor();
    await page.locator('.user-role').filter({ hasText: '领班' }).waitFor();
  });

  it('keeps tokens in this tab alone, over a reload, and never in an address', async () => {
    const page = await signIn('/cases', 'agent');
    // What the browser has to say about the provider's pages is not about ours.
    watched.complaints();
    await page.reload();
    await page.locator('.user-name').filter({ hasText: '李娜 agent' }).waitFor();
    expect(watched.complaints()).toEqual([]);
    const token = await page.evaluate(() => sessionStorage.getItem('atrium.token') ?? '');
    expect(token).toMatch(/^eyJ/);
    expect(await page.evaluate(() => JSON.stringify(Object.entries(localStorage)) + document.cookie)).not.toContain('eyJ');
    expect(page.url()).not.toMatch(/code=|token|eyJ/);
  });

  it('renews a token that ends, without a word', async () => {
    provider.tokensLast = 10;
    try {
      const page = await signIn('/cases', 'supervisor');
      const first = await page.evaluate(() => sessionStorage.getItem('atrium.token'));
      provider.tokensLast = 600;
      await page.waitForFunction((before) => ![before, null].includes(sessionStorage.getItem('atrium.token')), first, { timeout: 20_000 });
      expect(await page.locator('.user-button').count()).toBe(1);
      const answer = await page.evaluate(async () => (await fetch('/api/tickets/me', { headers: { authorization: `Bearer ${sessionStorage.getItem('atrium.token') ?? ''}` } })).status);
      expect(answer).toBe(200);
    } finally {
      provider.tokensLast = 600;
    }
  });

  it('says so when a sign-in is given up, and when a role is not known here', async () => {
    watched = await browser.open(`${system.url}/cases`, look);
    const { page, inspect } = watched;
    await page.goto(`${system.url}/signed-in?error=access_denied&state=unknown`);
    await page.getByText('登录未能完成，请重新登录。').waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await inspect('sign-in-failed')).toEqual([]);
    await button(page).click();
    await identify(page, 'emperor');
    await page.getByText('角色无法识别').waitFor();
    expect(await page.evaluate(() => sessionStorage.getItem('atrium.token'))).toBeNull();
  });

  it('signs out here and at the provider', async () => {
    const page = await signIn('/cases', 'auditor');
    await page.locator('.user-button').click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.locator('button[name="logout"]').click();
    await button(page).waitFor();
    expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => /token|oidc\.user|name/.test(key)))).toEqual([]);
    await button(page).click();
    await page.locator('input[name="login"]').waitFor();
  });
});
