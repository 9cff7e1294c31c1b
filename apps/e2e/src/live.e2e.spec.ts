import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Browser } from './browser.js';
import type { Watched } from './browser.js';
import { fileDeskComplaint, fileDeskMorning } from './desk-complaint.js';
import { browserProgram, inBrowser } from './in-browser.js';
import { RunningSystem } from './running-system.js';

jest.setTimeout(90_000);

/** Of somebody who reads while others work. */
const look = { width: 1440, language: 'zh' } as const;

inBrowser('pages that are open while others work', () => {
  let system: RunningSystem;
  let browser: Browser;
  let reader: string;
  let other: string;
  let lift: string;
  let queueing: string;
  const open: Watched[] = [];

  beforeAll(async () => {
    system = await RunningSystem.start();
    [reader, other] = await Promise.all([system.token('supervisor'), system.token('agent', 'wang')]);
    [lift, queueing] = await fileDeskMorning(system, other) as [string, string];
    await fileDeskComplaint(system, other);
    browser = await Browser.launch(browserProgram());
  }, 180_000);

  afterEach(async () => {
    await browser.offline(false);
    for (const { page } of open.splice(0)) await page.close();
  });

  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  }, 60_000);

  /** A page that would notice a reload. */
  const read = async (path: string): Promise<Watched> => {
    const watched = await browser.open(`${system.url}${path}`, look, reader);
    open.push(watched);
    await watched.settled();
    await watched.page.evaluate(() => { document.body.dataset.unloaded = 'no'; });
    return watched;
  };
  const wasReloaded = (page: Page): Promise<boolean> => page.evaluate(() => document.body.dataset.unloaded !== 'no');
  const subjects = (page: Page): Promise<string[]> => page.locator('.row-link').allTextContents();
  const rowOf = (page: Page, id: string) => page.locator('tr', { has: page.locator(`a[href="/cases/${id}"]`) });
  const register = async (subject: string): Promise<string> => (await system.command<{ id: string }>('', { channel: 'desk', subject, description: subject }, other)).id;
  /** Refusals to connect are what the browser is expected to complain of. */
  const unforeseen = (complaints: readonly string[]): readonly string[] => complaints.filter((one) => !/Failed to load resource|ERR_(CONNECTION|INTERNET|NETWORK)/.test(one));

  it('show what others do: in the list in its row, in the open case in its timeline', async () => {
    const list = await read('/cases');
    const page = await read(`/cases/${lift}`);
    const before = await subjects(list.page);
    expect(before.length).toBeGreaterThan(3);

    const marked = Promise.all([rowOf(list.page, lift).and(list.page.locator('.fresh')).waitFor(), page.page.locator('.entry.fresh').first().waitFor()]);
    await system.command(`/${lift}/acknowledge`, { message: '维修人员已到场。' }, other);
    await system.command(`/${lift}/route`, { department: '工程部', queue: '电梯' }, other);
    await page.page.getByText('维修人员已到场。').first().waitFor();
    await rowOf(list.page, lift).getByText('工程部').waitFor();
    await marked;
    expect(await page.inspect('case-changed', ['light'])).toEqual([]);
    expect(await list.inspect('cases-changed', ['light', 'dark'])).toEqual([]);
    expect(await subjects(list.page)).toEqual(before);
    expect([await wasReloaded(list.page), await wasReloaded(page.page)]).toEqual([false, false]);
  });

  it('announce new cases instead of moving rows under the hand, and keep the focus and the place', async () => {
    const { page, inspectAll } = await read('/cases?sort=-opened');
    const before = await subjects(page);
    const focused = page.locator('.row-link').nth(2);
    await focused.focus();
    const placeOf = () => focused.evaluate((link) => link.getBoundingClientRect().top);
    const place = await placeOf();

    const added = await register('洗手间地面湿滑');
    await page.getByRole('button', { name: '1 件新案件' }).waitFor();
    expect({ rows: await subjects(page), place: await placeOf(), hasFocus: await focused.evaluate((link) => link === document.activeElement) }).toEqual({ rows: before, place, hasFocus: true });
    await register('停车场照明不足');
    await page.getByRole('button', { name: '2 件新案件' }).waitFor();
    expect(await inspectAll('cases-news')).toEqual([]);

    await page.getByRole('button', { name: '2 件新案件' }).click();
    await rowOf(page, added).waitFor();
    expect(await subjects(page)).toEqual(['停车场照明不足', '洗手间地面湿滑', ...before]);
    expect(await page.locator('.news').count()).toBe(0);
    expect(await page.locator('.row-link').first().evaluate((link) => link === document.activeElement)).toBe(true);
    expect(await wasReloaded(page)).toBe(false);
  });

  it('keep a row that is no match any more until its reader wants the list anew', async () => {
    const { page, inspectAll } = await read('/cases');
    const before = await subjects(page);
    await system.command(`/${queueing}/close`, { outcome: 'withdrawn', reason: '顾客撤回' }, other);
    await rowOf(page, queueing).getByText('已不在此列表').waitFor();
    expect(await subjects(page)).toEqual(before);
    expect(await inspectAll('cases-left')).toEqual([]);
    await page.getByRole('button', { name: '列表有变动' }).click();
    await rowOf(page, queueing).waitFor({ state: 'detached' });
    expect(await subjects(page)).toHaveLength(before.length - 1);
  });

  it('begin with what there is when they are come back to', async () => {
    const { page } = await read('/cases');
    await page.locator(`a[href="/cases/${lift}"]`).click();
    await page.getByRole('heading', { level: 1, name: '3 层北侧电梯按钮不亮' }).waitFor();
    const added = await register('儿童乐园噪声过大');
    await page.locator('.crumbs a').click();
    await rowOf(page, added).waitFor();
    expect(await page.locator('.news').count()).toBe(0);
  });

  it('ask for nothing while nobody looks, and catch up when somebody does', async () => {
    const { page } = await read('/cases');
    const turn = (visibility: 'hidden' | 'visible') => page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    }, visibility);
    await turn('hidden');
    await page.locator('.live-paused').waitFor({ state: 'attached' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const added = await register('没人看的时候登记的案件');
    // Another reader has been told by now.
    const other = await read('/cases');
    await rowOf(other.page, added).waitFor();
    expect(asked).toEqual([]);
    await turn('visible');
    await page.getByRole('button', { name: '1 件新案件' }).click();
    await rowOf(page, added).waitFor();
    expect(await wasReloaded(page)).toBe(false);
  });

  it('say that they are offline, keep what they show, and catch up', async () => {
    const list = await read('/cases');
    const { page } = list;
    const before = await subjects(page);
    await browser.offline(true);
    await page.locator('.offline-banner').waitFor();
    await page.locator('.live-offline').waitFor();
    const meanwhile = await register('断网期间登记的案件');
    expect(await subjects(page)).toEqual(before);
    expect(unforeseen(await list.inspectAll('cases-offline'))).toEqual([]);
    await browser.offline(false);
    await page.locator('.offline-banner').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '1 件新案件' }).click();
    await rowOf(page, meanwhile).waitFor();
    await page.locator('.live-live').waitFor();
    expect(await wasReloaded(page)).toBe(false);
  });

  it('find their way back to a service that was started again, and show what happened meanwhile', async () => {
    const list = await read('/cases');
    const page = await read(`/cases/${lift}`);
    await system.end();
    await list.page.locator('.live-reconnecting').waitFor();
    expect(unforeseen(await list.inspectAll('cases-reconnecting'))).toEqual([]);
    await system.startAgain();
    const added = await register('重启后登记的案件');
    await system.command(`/${lift}/record-follow-up`, { note: '已更换按钮，测试正常。' }, other);
    await page.page.getByText('已更换按钮，测试正常。').first().waitFor();
    await list.page.getByRole('button', { name: '1 件新案件' }).click();
    await rowOf(list.page, added).waitFor();
    await list.page.locator('.live-live').waitFor();
    await list.page.locator('.notice').waitFor({ state: 'detached' });
    expect([await wasReloaded(list.page), await wasReloaded(page.page)]).toEqual([false, false]);
  });
});
