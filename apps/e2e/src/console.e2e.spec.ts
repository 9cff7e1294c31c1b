import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Browser, looks } from './browser.js';
import type { Look, Watched } from './browser.js';
import { deskComplaint, fileDeskComplaint } from './desk-complaint.js';
import { eventually } from './eventually.js';
import { browserProgram, inBrowser } from './in-browser.js';
import { RunningSystem } from './running-system.js';

/** Each look takes screenshots and an accessibility check in light and dark, beside other specs on the same cores. */
jest.setTimeout(90_000);

const words = {
  zh: { signIn: '登录', signOut: '退出登录', cases: '案件', filters: /^筛选/, department: '部门', timeline: '经过', clocks: '计时', registered: /登记 ·/, rebuild: /^重建 /, confirm: '重建', started: /已开始重建/, refused: '服务未接受您的令牌，请重新登录。', notFound: '页面不存在', total: (n: number) => `共 ${n.toLocaleString('zh-CN')} 件` },
  en: { signIn: 'Sign in', signOut: 'Sign out', cases: 'Cases', filters: /^Filters/, department: 'Department', timeline: 'Timeline', clocks: 'Clocks', registered: /Registered ·/, rebuild: /^Rebuild /, confirm: 'Rebuild', started: /^Rebuild of .* has started/, refused: 'The service did not accept your token. Please sign in again.', notFound: 'Page not found', total: (n: number) => `${n.toLocaleString('en-GB')} cases` },
} as const;

interface ListAnswer {
  readonly total: number;
  readonly items: readonly { readonly id: string; readonly subject: string; readonly department: string | null; readonly promise: object | null }[];
}

inBrowser('console in a browser', () => {
  let system: RunningSystem;
  let browser: Browser;
  let token: string;
  let open: ListAnswer;
  let deskCase: string;
  let watched: Watched | undefined;

  beforeAll(async () => {
    system = await RunningSystem.start();
    await system.importBoston311();
    token = await system.token('supervisor');
    deskCase = await fileDeskComplaint(system, token);
    open = await system.get<ListAnswer>('/api/tickets/complaints', token);
    browser = await Browser.launch(browserProgram());
  }, 180_000);

  afterEach(async () => {
    await watched?.page.close();
    watched = undefined;
  });

  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  }, 60_000);

  const visit = async (path: string, look: Look, bearer: string | undefined = token): Promise<Watched> => {
    watched = await browser.open(`${system.url}${path}`, look, bearer);
    return watched;
  };

  describe.each(looks)('$width px, $language', (look) => {
    const w = words[look.language];

    it('signs in with a token, and out', async () => {
      watched = await browser.open(`${system.url}/cases?status=all`, look);
      const { page, inspect } = watched;
      const field = page.getByRole('textbox');
      await field.waitFor();
      expect(await inspect('sign-in')).toEqual([]);
      await field.fill(token);
      await page.getByRole('button', { name: w.signIn }).click();
      await page.getByRole('heading', { level: 1, name: w.cases }).waitFor();
      expect(new URL(page.url()).search).toBe('?status=all');
      await page.locator('.user-button').click();
      await page.getByRole('menuitem', { name: w.signOut }).waitFor();
      expect(await inspect('user-menu')).toEqual([]);
      await page.getByRole('menuitem', { name: w.signOut }).click();
      await field.waitFor();
      expect(await page.evaluate(() => sessionStorage.getItem('atrium.token'))).toBeNull();
    });

    it('lists open cases with their due times', async () => {
      const { page, settled, inspect } = await visit('/', look);
      await page.getByText(w.total(open.total), { exact: true }).waitFor();
      await settled();
      expect(await page.locator('.row-link').allTextContents()).toEqual(open.items.map(({ subject }) => subject));
      expect(await page.locator('.due-overdue').count()).toBeGreaterThan(0);
      expect(await inspect('cases')).toEqual([]);
    });

    it('narrows the list by department and keeps that in the address', async () => {
      const department = open.items.find((item) => item.department !== null)?.department ?? '';
      const narrowed = await system.get<ListAnswer>(`/api/tickets/complaints?${new URLSearchParams({ department })}`, token);
      const { page, inspect } = await visit('/cases', look);
      if (look.width === 390) await page.getByRole('button', { name: w.filters }).click();
      await page.getByRole('combobox', { name: w.department }).click();
      await page.locator('.ant-select-item-option').filter({ hasText: new RegExp(`^${department}\\s*[\\d,.]+$`) }).click();
      await page.getByText(w.total(narrowed.total), { exact: true }).waitFor();
      expect(new URL(page.url()).searchParams.get('department')).toBe(department);
      expect(await inspect('cases-narrowed')).toEqual([]);
      await page.reload();
      await page.getByText(w.total(narrowed.total), { exact: true }).waitFor();
    });

    it('says so when nothing matches', async () => {
      const { page, inspect } = await visit('/cases', look);
      await page.getByRole('searchbox').fill('no-such-thing-anywhere');
      await page.locator('.empty').waitFor();
      expect(await inspect('cases-empty')).toEqual([]);
    });

    it('keeps what is searched for out of the history of the browser, and has it on the way back from a case', async () => {
      const subject = open.items[0]?.subject ?? '';
      const found = await system.get<ListAnswer>(`/api/tickets/complaints?${new URLSearchParams({ q: subject })}`, token);
      const { page } = await visit('/cases?sort=-opened', look);
      const field = page.getByRole('searchbox');
      await field.fill(subject);
      await page.getByText(w.total(found.total), { exact: true }).waitFor();
      await page.locator('.row-link').first().click();
      await page.locator('.crumbs').waitFor();
      await page.goBack();
      await page.getByText(w.total(found.total), { exact: true }).waitFor();
      expect(await field.inputValue()).toBe(subject);
      expect(await page.evaluate(() => `${decodeURIComponent(location.href)} ${JSON.stringify(history.state)} ${JSON.stringify({ ...sessionStorage, ...localStorage })}`)).not.toContain(subject);
      await page.locator('.row-link').first().click();
      await page.locator('.crumbs a').click();
      await page.getByText(w.total(found.total), { exact: true }).waitFor();
      expect(await field.inputValue()).toBe(subject);
      await page.reload();
      await page.getByText(w.total(open.total), { exact: true }).waitFor();
      expect(await field.inputValue()).toBe('');
    });

    it('opens a case with its clocks and its timeline, and leads back to the same list', async () => {
      const withPromise = open.items.find(({ promise }) => promise !== null);
      const { page, settled, inspect } = await visit('/cases?sort=due', look);
      await page.locator(`a[href="/cases/${withPromise?.id}"]`).click();
      await page.getByRole('heading', { level: 1, name: withPromise?.subject ?? '' }).waitFor();
      await page.getByRole('heading', { name: w.clocks }).waitFor();
      await page.getByText(w.registered).waitFor();
      await settled();
      expect(await page.locator('.clock').count()).toBeGreaterThan(0);
      expect(await page.getByText('America/New_York').count()).toBeGreaterThan(0);
      expect(await inspect('case')).toEqual([]);
      const registration = page.locator('.entry').last();
      await registration.locator('.unfold').click();
      await registration.locator('.facts').waitFor();
      expect(await inspect('case-details')).toEqual([]);
      await page.locator('.crumbs a').click();
      await page.getByText(w.total(open.total), { exact: true }).waitFor();
    });

    it('shows a case of the desk: its complainant, a paused clock, what was said', async () => {
      const { page, inspect } = await visit(`/cases/${deskCase}`, look);
      await page.getByRole('heading', { level: 1, name: deskComplaint.subject }).waitFor();
      await page.getByRole('complementary').getByText(deskComplaint.complainant).waitFor();
      await page.getByText(deskComplaint.message).waitFor();
      expect(await page.getByRole('complementary').locator('a[href="tel:13800138000"]').count()).toBe(1);
      expect(await page.locator('.clock').count()).toBe(2);
      expect(await page.locator('.clock.clock-met').count()).toBe(1);
      expect(await page.locator('.clock-paused .bar .seg-paused').count()).toBe(1);
      expect(await page.getByText('Asia/Shanghai').count()).toBeGreaterThan(0);
      expect(await inspect('case-desk')).toEqual([]);
    });

    it('shows the runners, and rebuilds a projection', async () => {
      const { page, settled, inspect } = await visit('/system', look);
      const rebuild = page.getByRole('button', { name: w.rebuild }).first();
      await rebuild.waitFor();
      await settled();
      expect(await inspect('system')).toEqual([]);
      await rebuild.click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      expect(await inspect('system-rebuild')).toEqual([]);
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/rebuild')),
        dialog.getByRole('button', { name: w.confirm }).click(),
      ]);
      expect(answer.status()).toBe(202);
      await page.getByText(w.started).waitFor();
      await eventually(async () => {
        const runners = await system.get<readonly { kind: string; state: string; rebuild?: object }[]>('/api/tickets/runners', token);
        expect(runners.filter((runner) => runner.kind === 'projection' && (runner.state !== 'running' || runner.rebuild !== undefined))).toEqual([]);
      });
      await page.locator('.state-rebuilding').waitFor({ state: 'detached' });
      expect(await page.locator('.runner-error').count()).toBe(0);
    });

    it('tells an unknown address from an unknown case', async () => {
      const { page, inspect } = await visit('/nowhere', look);
      await page.getByRole('heading', { name: w.notFound }).waitFor();
      expect(await inspect('not-found')).toEqual([]);
    });

    it('goes back to signing in, and says why, when the token is refused', async () => {
      const [header, payload] = token.split('.');
      const { page, inspect, complaints } = await visit('/cases', look, `${header}.${payload}.${'A'.repeat(86)}`);
      await page.getByText(w.refused).waitFor();
      expect(complaints().filter((complaint) => !complaint.includes('401'))).toEqual([]);
      expect(await inspect('refused')).toEqual([]);
    });
  });

  it('is worked by keyboard: from the top of the page to a case with Tab and Enter', async () => {
    const { page, settled } = await visit('/cases', { width: 1440, language: 'en' });
    const first = page.locator('.row-link').first();
    await first.waitFor();
    await settled();
    for (let presses = 0; presses < 40 && !(await first.evaluate((link) => link === document.activeElement)); presses += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: open.items[0]?.subject ?? '' }).waitFor();
  });

  it('pages by cursor, forth and back', async () => {
    const all = await system.get<ListAnswer>('/api/tickets/complaints?status=all', token);
    expect(all.total).toBeGreaterThan(100);
    const { page } = await visit('/cases?status=all', { width: 1440, language: 'en' });
    const range = page.locator('.pager > span').first();
    await range.filter({ hasText: `1–50 of ${all.total}` }).waitFor();
    await page.getByRole('link', { name: 'Next' }).click();
    await range.filter({ hasText: `51–100 of ${all.total}` }).waitFor();
    await page.getByRole('link', { name: 'Previous' }).click();
    await range.filter({ hasText: `1–50 of ${all.total}` }).waitFor();
    expect(await page.locator('.row-link').allTextContents()).toEqual(all.items.map(({ subject }) => subject));
  });

  it('offers no rebuild to a role that may not', async () => {
    const { page, settled } = await visit('/system', { width: 1440, language: 'en' }, await system.token('agent'));
    await page.locator('.runner').first().waitFor();
    await settled();
    expect(await page.getByRole('button', { name: words.en.rebuild }).count()).toBe(0);
  });

  it('gives what is typed into or chosen from a border that can be seen', async () => {
    const { page, settled } = await visit('/cases', { width: 1440, language: 'en' });
    await settled();
    const { wanted, borders } = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'var(--line-field)';
      const colours = [...document.querySelectorAll('.search, .more-filters .ant-select')].map((field) => getComputedStyle(field).borderBlockStartColor);
      return { wanted: getComputedStyle(probe).color, borders: colours };
    });
    expect(borders.length).toBeGreaterThan(4);
    expect(borders.filter((colour) => colour !== wanted)).toEqual([]);
  });
});
