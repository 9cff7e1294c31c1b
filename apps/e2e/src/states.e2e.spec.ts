import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { Browser } from './browser.js';
import type { Watched } from './browser.js';
import { fileDeskMorning } from './desk-complaint.js';
import { browserProgram, inBrowser } from './in-browser.js';
import { RunningSystem } from './running-system.js';

jest.setTimeout(90_000);

const look = { width: 1440, language: 'zh' } as const;
const LIST = /\/api\/tickets\/complaints\?/;

/** As the service refuses. */
const refusal = (status: number, code: string) => ({
  status, contentType: 'application/problem+json', headers: { 'retry-after': '0' }, body: JSON.stringify({ type: `urn:atrium:problem:${code}`, title: code, status, code }),
});

inBrowser('every state of a page', () => {
  let system: RunningSystem;
  let browser: Browser;
  let token: string;
  let watched: Watched | undefined;

  beforeAll(async () => {
    system = await RunningSystem.start();
    token = await system.token('supervisor');
    browser = await Browser.launch(browserProgram());
  }, 180_000);

  afterEach(async () => {
    await browser.offline(false);
    await watched?.page.close();
    watched = undefined;
  });

  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  }, 60_000);

  const visit = async (path: string, bearer: string | undefined = token, prepare?: (page: Page) => Promise<unknown>): Promise<Watched> => {
    watched = await browser.open(`${system.url}${path}`, look, bearer, prepare);
    return watched;
  };
  /** The browser itself complains of every answer that is a refusal. */
  const unforeseen = (complaints: readonly string[]): readonly string[] => complaints.filter((one) => !one.includes('Failed to load resource'));

  describe('on the first day', () => {
    it('says that there are no cases yet and how to begin, and shows the first one by itself', async () => {
      const { page, settled, inspectAll } = await visit('/');
      await settled();
      await page.getByRole('heading', { name: '还没有案件' }).waitFor();
      expect(await inspectAll('first-day')).toEqual([]);
      await system.command('', { channel: 'desk', subject: '第一件投诉', description: '开业首日。' }, token);
      await page.getByRole('link', { name: '第一件投诉' }).waitFor();
    });

    it('has nothing to register for a role that may not', async () => {
      const { page, settled } = await visit('/', await system.token('auditor'));
      await settled();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.getByRole('link', { name: '登记投诉' }).count()).toBe(0);
    });
  });

  describe('on a later day', () => {
    let lift: string;
    beforeAll(async () => { [lift] = await fileDeskMorning(system, token) as [string]; }, 60_000);

    it('holds the place of a list that is on its way', async () => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => { release = resolve; });
      const { page, settled, inspectAll } = await visit('/cases', token, (page) => page.route(LIST, async (route) => {
        await held;
        await route.continue();
      }));
      await page.locator('.bone').first().waitFor();
      await page.locator('.key-hint').waitFor();
      expect(await inspectAll('cases-loading')).toEqual([]);
      const outline = () => page.locator('.cases').evaluate((table) => [table, table.querySelector('thead'), table.querySelector('tbody tr')].map((part) => {
        const { top, left, width } = (part as Element).getBoundingClientRect();
        return { top, left, width };
      }));
      await page.setViewportSize({ width: 1440, height: 900 });
      const before = await outline();
      release();
      await page.locator('.row-link').first().waitFor();
      await settled();
      expect(await outline()).toEqual(before);
    });

    it.each([[503, 'views-away'], [409, 'view-behind'], [429, 'too-many-requests'], [500, 'internal']])('tells of %i %s in its own words, and tries again when asked', async (status, code) => {
      const { page, inspectAll } = await visit('/cases', token, (page) => page.route(LIST, (route) => route.fulfill(refusal(status, code))));
      await page.locator('.notice').waitFor();
      expect(await page.locator('.notice').innerText()).not.toContain(code);
      expect(unforeseen(await inspectAll(`cases-${status}-${code}`))).toEqual([]);
      await page.unroute(LIST);
      await page.locator('.notice button').click();
      await page.locator('.row-link').first().waitFor();
      expect(await page.locator('.notice').count()).toBe(0);
    });

    it('does not offer to try again what the role may not', async () => {
      const { page, inspectAll } = await visit('/cases', await system.token('member-clerk'));
      await page.locator('.notice').waitFor();
      expect(await page.locator('.notice button').count()).toBe(0);
      await page.locator('.live-off').waitFor({ state: 'attached' });
      expect(unforeseen(await inspectAll('cases-403-forbidden'))).toEqual([]);
    });

    it('keeps what was loaded while the service refuses, and says so', async () => {
      const { page, settled, inspect } = await visit('/cases');
      await settled();
      const rows = await page.locator('.row-link').count();
      await page.route(LIST, (route) => route.fulfill(refusal(503, 'views-away')));
      await system.command(`/${lift}/record-follow-up`, { note: '再次检查。' }, token);
      await page.locator('.notice').waitFor();
      expect(await page.locator('.row-link').count()).toBe(rows);
      expect(unforeseen(await inspect('cases-stale', ['light']))).toEqual([]);
    });

    it('says that nothing is loaded without a network, and loads when there is one', async () => {
      const { page, settled, inspectAll, complaints } = await visit('/system');
      await settled();
      await browser.offline(true);
      await page.getByRole('link', { name: '案件', exact: true }).click();
      await page.getByRole('heading', { name: '本页尚未加载' }).waitFor();
      expect(unforeseen(await inspectAll('cases-not-loaded'))).toEqual([]);
      await browser.offline(false);
      await page.locator('.row-link').first().waitFor();
      expect(unforeseen(complaints())).toEqual([]);
    });

    it('tells an unknown case, and holds the place of one on its way', async () => {
      const first = await visit('/cases/7f0d7b9c-5b1e-4c6e-9a55-0d7a5b3c9f10');
      await first.page.getByRole('heading', { name: '没有这个案件' }).waitFor();
      expect(unforeseen(await first.inspectAll('case-unknown'))).toEqual([]);
      await first.page.close();
      const waiting: Route[] = [];
      const { page, inspect } = await visit(`/cases/${lift}`, token, (page) => page.route(new RegExp(`complaints/${lift}`), (route) => void waiting.push(route)));
      await page.locator('.ant-skeleton').first().waitFor();
      expect(await inspect('case-loading', ['light'])).toEqual([]);
      await Promise.all(waiting.map((route) => route.continue()));
      await page.unroute(new RegExp(`complaints/${lift}`));
      await page.getByRole('heading', { level: 1, name: '3 层北侧电梯按钮不亮' }).waitFor();
    });

    it('asks to sign in again when the token has expired, and comes back to the same place', async () => {
      const { page, settled, inspectAll } = await visit('/cases?status=all&sort=-opened');
      await settled();
      const before = await page.locator('.row-link').allTextContents();
      await page.route(LIST, (route) => route.fulfill(refusal(401, 'token-expired')));
      await page.locator('a[href^="/cases?status=registered"]').click();
      const field = page.getByRole('textbox');
      await field.waitFor();
      await page.getByText('登录已过期').or(page.getByText('令牌已过期')).first().waitFor();
      expect(unforeseen(await inspectAll('sign-in-again'))).toEqual([]);
      await page.unroute(LIST);
      await field.fill(token);
      await field.press('Enter');
      await page.locator('.row-link').first().waitFor();
      expect(new URL(page.url()).search).toBe('?status=registered&sort=-opened');
      await page.goBack();
      await page.locator('.row-link').nth(before.length - 1).waitFor();
      expect(await page.locator('.row-link').allTextContents()).toEqual(before);
    });

    it('is dark or light as the reader chose, from the first paint, and follows the system otherwise', async () => {
      const { page, settled } = await visit('/cases');
      await settled();
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await ground();
      await page.locator('.user-button').click();
      await page.getByRole('menuitem', { name: '深色' }).click();
      await page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' });
      const dark = await ground();
      expect(dark).not.toBe(light);
      // The page's own program never comes: what is painted until then is dark already.
      await page.route(/\/assets\/.*\.js/, (route) => route.abort());
      await page.reload({ waitUntil: 'load' });
      expect(await ground()).toBe(dark);
      await page.unroute(/\/assets\/.*\.js/);
      await page.reload();
      await settled();
      expect(await ground()).toBe(dark);
      await page.locator('.user-button').click();
      await page.getByRole('menuitem', { name: '跟随系统' }).click();
      await page.locator('html[data-theme="light"]').waitFor({ state: 'attached' });
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' });
    });

    it('is worked by keys, but never while somebody types', async () => {
      const { page, settled, inspect } = await visit('/cases');
      await settled();
      const focusedRow = () => page.evaluate(() => [...document.querySelectorAll('.row-link')].indexOf(document.activeElement as Element));
      await page.keyboard.press('j');
      expect(await focusedRow()).toBe(0);
      await page.keyboard.press('j');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('k');
      expect(await focusedRow()).toBe(1);
      expect(await inspect('cases-row-focused', ['light', 'dark'])).toEqual([]);
      const second = await page.locator('.row-link').nth(1).innerText();

      await page.keyboard.press('/');
      await page.keyboard.type('njk?./');
      expect(await page.getByRole('searchbox').inputValue()).toBe('njk?./');
      expect(new URL(page.url()).pathname).toBe('/cases');
      await page.getByRole('searchbox').fill('');
      await page.getByRole('searchbox').blur();
      await page.getByRole('link', { name: second }).waitFor();

      await page.keyboard.press('?');
      const help = page.getByRole('dialog', { name: '快捷键' });
      await help.waitFor();
      expect(await inspect('shortcuts', ['light', 'dark'])).toEqual([]);
      await page.keyboard.press('n');
      expect(new URL(page.url()).pathname).toBe('/cases');
      await page.keyboard.press('Escape');
      await help.waitFor({ state: 'detached' });

      await page.getByRole('link', { name: second }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: second }).waitFor();
      await page.keyboard.press('n');
      await page.waitForURL('**/cases/new');
    });

    it('leaves single keys alone where somebody has switched them off', async () => {
      const { page, settled } = await visit('/cases');
      await settled();
      await page.keyboard.press('?');
      await page.getByRole('switch').click();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('n');
      await page.keyboard.press('j');
      expect(new URL(page.url()).pathname).toBe('/cases');
      expect(await page.locator('.row-link:focus').count()).toBe(0);
      await page.locator('.user-button').click();
      await page.getByRole('menuitem', { name: '快捷键' }).click();
      await page.getByRole('switch').click();
    });
  });
});
