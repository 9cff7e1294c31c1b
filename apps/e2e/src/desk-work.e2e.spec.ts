import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page, Request } from 'playwright-core';
import { Browser } from './browser.js';
import type { Look, Watched } from './browser.js';
import { browserProgram, inBrowser } from './in-browser.js';
import { RunningSystem } from './running-system.js';

/** Every form is looked at in both widths and languages. */
jest.setTimeout(300_000);

const HOUR_MS = 3_600_000;
const zh: Look = { width: 1440, language: 'zh' };

/** Beyond the text itself, for a whole complaint. */
const MOST_KEY_PRESSES = 60;

interface CaseAnswer {
  readonly id: string;
  readonly reference: string;
  readonly status: string;
  readonly complainant: { readonly name: string; readonly phone: string | null } | null;
  readonly timeline: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>>; readonly backdatingReason?: string }[];
}

inBrowser('the work of a desk', () => {
  let system: RunningSystem;
  let browser: Browser;
  let agent: string;
  let watched: Watched | undefined;

  beforeAll(async () => {
    system = await RunningSystem.start();
    agent = await system.token('agent', 'lina');
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

  const visit = async (path: string, look: Look, token = agent): Promise<Watched> => {
    watched = await browser.open(`${system.url}${path}`, look, token);
    return watched;
  };
  const caseOf = (id: string): Promise<CaseAnswer> => system.get(`/api/tickets/complaints/${id}`, agent);
  const newCase = async (more: object = {}, token = agent): Promise<string> =>
    (await system.command<{ id: string }>('', { channel: 'desk', subject: '羽绒服充绒量与吊牌不符', description: '要求退货并赔偿检测费。', complainant: { name: '王秀兰', phone: '13800138000' }, ...more }, token)).id;
  /** Said once the page shows it. */
  const recorded = (page: Page): Promise<void> => page.locator('.work-said-something').filter({ hasText: '已登记：' }).waitFor();
  const sentBy = (page: Page): Request[] => {
    const sent: Request[] = [];
    page.on('request', (request) => { if (request.method() === 'POST') sent.push(request); });
    return sent;
  };

  it('takes a whole complaint in by keyboard alone, and says what to tell the customer', async () => {
    const { page, settled, inspectAll } = await visit('/cases', zh);
    await settled();
    // A mouse would be noticed: the desk's most frequent act needs none.
    await page.evaluate(() => addEventListener('pointerdown', () => { document.body.dataset.pointed = 'yes'; }, true));
    let presses = 0;
    const press = async (keys: string): Promise<void> => {
      presses += keys.split('+').length;
      await page.keyboard.press(keys);
    };
    const type = (text: string): Promise<void> => page.keyboard.insertText(text);
    const focusedLabel = (): Promise<string | undefined> => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent ?? undefined);

    await press('n');
    await page.locator('.register').waitFor();
    await page.locator('.segment input:focus').waitFor();
    await press('2');
    await press('Tab');
    await type('羽绒服充绒量与吊牌不符，要求退货并赔偿');
    await press('Tab');
    await type('顾客三天前在北岸羽绒购买，自行送检后发现充绒量与吊牌不符。\n要求退货，并赔偿检测费。');
    await press('Tab');
    await type('产品质量缺陷');
    await press('Tab');
    expect(await focusedLabel()).toContain('涉及店铺');
    await type('北岸羽绒 3F-018');
    await press('Tab');
    await type('昨天 18:30');
    await press('Tab');
    await press('Tab');
    expect(await focusedLabel()).toContain('金额');
    await type('1,299');
    await press('Tab');
    await type('王秀兰');
    await press('Tab');
    await type('13800138000');
    await press('Control+Enter');
    const number = page.locator('.registered output');
    await number.waitFor();

    process.stdout.write(`A complaint of ten fields took ${presses} key presses beyond its text.\n`);
    expect(presses).toBeLessThanOrEqual(MOST_KEY_PRESSES);
    expect(await page.evaluate(() => document.body.dataset.pointed)).toBeUndefined();
    const { items: [newest] } = await system.get<{ items: readonly { id: string }[] }>('/api/tickets/complaints?sort=-opened&limit=1', agent);
    const filed = await caseOf(newest?.id ?? '');
    expect((await number.textContent())?.replaceAll(' ', '')).toBe(filed.reference);
    expect(filed.timeline[0]?.data).toMatchObject({
      channel: 'phone', subject: '羽绒服充绒量与吊牌不符，要求退货并赔偿', category: '产品质量缺陷', shop: '北岸羽绒 3F-018', amountMinor: 129_900, currency: 'CNY',
      eventAt: expect.stringMatching(/T10:30:00\.000Z$/),
    });
    expect(filed.complainant).toMatchObject({ name: '王秀兰', phone: '13800138000' });
    await settled();
    expect(await inspectAll('registered')).toEqual([]);

    await page.locator('.registered-acts button').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.segment input:checked:focus').waitFor();
    expect(await page.locator('.segment input:checked').getAttribute('value')).toBe('phone');
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, 'atrium.token': '' }))).not.toMatch(/王秀兰|138001|羽绒/);
  });

  it('says at the field what is wrong, moves there, and warns before what was typed would be lost', async () => {
    const { page, settled, inspectAll } = await visit('/cases/new', zh);
    await settled();
    expect(await inspectAll('register')).toEqual([]);
    await page.locator('.segment').filter({ hasText: '服务台' }).click();
    await page.getByLabel('投诉事由').fill('x'.repeat(203));
    await page.getByLabel('金额').fill('很多');
    await page.getByLabel('电话', { exact: true }).fill('138');
    await page.keyboard.press('Control+Enter');
    await page.getByLabel('投诉事由').and(page.locator(':focus')).waitFor();
    expect(await page.locator('.field-fault').allTextContents()).toEqual(['最多 200 字。', '请填写此项。', '请填写金额，如 199.50。', '请填写此项。']);
    await page.locator('.fold').click();
    expect(await inspectAll('register-faults')).toEqual([]);
    const warning = page.waitForEvent('dialog');
    await page.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await warning;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await page.getByRole('link', { name: '系统' }).click();
    await page.goBack();
    await page.getByText('已恢复上次未提交的内容。').waitFor();
    expect(await page.getByLabel('金额').inputValue()).toBe('很多');
  });

  it('does every step of a case by its form, and shows each as soon as it is recorded', async () => {
    const id = await newCase();
    const { page, settled, inspectAll } = await visit(`/cases/${id}`, zh);
    await settled();
    await page.locator('.commands').waitFor();
    expect(await inspectAll('case-steps')).toEqual([]);
    const sent = sentBy(page);
    const steps: readonly { readonly open: string; readonly fill?: () => Promise<void>; readonly shows: string; readonly isNext?: boolean }[] = [
      { open: 'AcknowledgeComplaint', isNext: true, shows: '受理，已首次回复顾客', fill: () => page.getByLabel('给顾客的回复').fill('您好，已受理。') },
      { open: 'RouteComplaint', isNext: true, shows: '分流至 商管部，队列 服饰', fill: async () => {
        await page.getByText('商管部', { exact: true }).click();
        await page.getByLabel('队列').fill('服饰');
      } },
      { open: 'PromiseResolution', isNext: true, shows: '承诺于', fill: () => page.getByRole('button', { name: '2 小时后' }).click() },
      { open: 'StartWaiting', shows: '开始等待顾客', fill: async () => {
        await page.getByLabel('顾客', { exact: true }).check({ force: true });
        await page.getByLabel('原因').fill('等顾客提供购物小票');
      } },
      { open: 'EndWaiting', isNext: true, shows: '结束等待' },
      { open: 'RecordFollowUp', shows: '跟进', fill: () => page.getByRole('textbox', { name: '跟进记录' }).fill('已致电顾客。') },
      { open: 'ResolveComplaint', isNext: true, shows: '处理完成', fill: () => page.getByLabel('处理结果').fill('商户同意退货。') },
      { open: 'CloseComplaint', isNext: true, shows: '结案：已解决', fill: async () => {
        await page.getByLabel('已解决').check({ force: true });
        await page.getByLabel('原因').fill('顾客满意');
      } },
      { open: 'ReopenComplaint', shows: '重新开启', fill: () => page.getByLabel('原因').fill('退款未到账') },
    ];
    for (const { open, fill, shows, isNext = false } of steps) {
      const button = page.locator(`[data-command="${open}"]`);
      expect(await button.evaluate((element) => element.classList.contains('command-next'))).toBe(isNext);
      await button.focus();
      await page.keyboard.press('Enter');
      await page.locator('.command-form').waitFor();
      expect(await page.evaluate(() => document.activeElement?.closest('.command-form') !== null)).toBe(true);
      expect(await inspectAll(`form-${open}`)).toEqual([]);
      await fill?.();
      await page.locator('.command-form [type=submit]').focus();
      await page.keyboard.press('Enter');
      await recorded(page);
      // What is said to be recorded is on the page.
      expect(await page.locator('.sentence', { hasText: shows }).count()).toBeGreaterThan(0);
      expect(await page.evaluate(() => document.activeElement?.closest('.commands') !== null)).toBe(true);
    }
    const headers = await Promise.all(sent.map((request) => request.allHeaders()));
    expect(headers.every((header) => /^"\d+"$/.test(header['if-match'] ?? ''))).toBe(true);
    expect(new Set(headers.map((header) => header['idempotency-key'])).size).toBe(steps.length);
    expect((await caseOf(id)).status).toBe('routed');
  });

  it('records what happened earlier, for those who may', async () => {
    const lead = await system.token('shift-lead');
    const id = await newCase({ occurredAt: new Date(Date.now() - HOUR_MS).toISOString(), backdatingReason: 'offline-desk' }, lead);
    const { page, settled, inspectAll } = await visit(`/cases/${id}`, zh, lead);
    await settled();
    await page.keyboard.press('4');
    await page.getByRole('textbox', { name: '跟进记录' }).fill('服务台离线期间已当面致歉。');
    await page.getByRole('button', { name: '补录' }).click();
    await page.getByLabel('发生时间').and(page.locator(':focus')).waitFor();
    await page.getByRole('button', { name: '刚刚' }).click();
    expect(await inspectAll('form-backdated')).toEqual([]);
    await page.getByLabel('发生时间').press('Control+Enter');
    await page.getByText('请选择一项。').waitFor();
    await page.keyboard.press('3');
    await page.keyboard.press('Control+Enter');
    await recorded(page);
    expect((await caseOf(id)).timeline.at(-1)).toMatchObject({ backdatingReason: 'paper-record', data: { note: '服务台离线期间已当面致歉。' } });
    expect(await page.locator('.badge').count()).toBe(3);
  });

  it('has a form for a command that no page knows', async () => {
    const id = await newCase();
    const invented = {
      type: 'MarkAsVip', route: 'mark-as-vip', creates: false, title: { zh: '标为贵宾', en: 'Mark as VIP' }, source: '', possibleIn: ['registered'], backdating: null,
      schema: {
        type: 'object', required: ['tier', 'until'],
        properties: {
          tier: { type: 'string', enum: ['gold', 'jade'], title: 'Tier', 'x-zh': '等级', 'x-labels': { gold: { zh: '金卡', en: 'Gold' }, jade: { zh: '玉卡', en: 'Jade' } } },
          until: { type: 'string', format: 'date-time', title: 'Until', 'x-zh': '有效期至', 'x-when': 'ahead' },
          giftMinor: { type: 'integer', title: 'Gift', 'x-zh': '礼金', 'x-currency': 'currency' },
          currency: { type: 'string', title: 'Currency', 'x-zh': '币种', 'x-seldom': true },
          seats: { type: 'integer', minimum: 1, maximum: 8, title: 'Seats', 'x-zh': '席位' },
          quiet: { type: 'boolean', title: 'Quietly', 'x-zh': '不通知顾客' },
          guest: { type: 'object', required: ['name'], title: 'Guest', 'x-zh': '随行', properties: { name: { type: 'string', maxLength: 20, title: 'Name', 'x-zh': '称呼' } } },
          note: { type: 'string', 'x-multiline': true, maxLength: 100, title: 'Note', 'x-zh': '备注' },
        },
      },
    };
    const { page, settled, inspectAll } = await visit('/cases', zh);
    await page.route('**/api/tickets/commands', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: [...(await response.json() as object[]), invented] });
    });
    await page.route(`**/complaints/${id}*`, async (route) => {
      const response = await route.fetch();
      const answer = await response.json() as { allowed: string[] };
      await route.fulfill({ response, json: { ...answer, allowed: [...answer.allowed, invented.type] } });
    });
    await page.route('**/mark-as-vip', (route) => route.fulfill({ json: { id, events: [{ type: 'MarkedAsVip', occurredAt: new Date().toISOString() }] } }));
    await page.goto(`${system.url}/cases/${id}`);
    await page.getByRole('button', { name: '标为贵宾' }).click();
    await page.getByLabel('玉卡').check({ force: true });
    await page.getByLabel('有效期至').fill('2030-01-02 18:00');
    await page.getByLabel('礼金').fill('88');
    await page.getByLabel('席位').fill('2');
    await page.getByRole('checkbox', { name: '不通知顾客' }).check();
    await page.getByLabel('称呼').fill('李先生');
    await settled();
    expect(await inspectAll('form-invented')).toEqual([]);
    const request = page.waitForRequest('**/mark-as-vip');
    await page.getByLabel('备注').press('Control+Enter');
    expect((await request).postDataJSON()).toEqual({ tier: 'jade', until: '2030-01-02T10:00:00.000Z', giftMinor: 8_800, currency: 'CNY', seats: 2, quiet: true, guest: { name: '李先生' } });
    await page.getByText('已登记：标为贵宾').waitFor();
  });
});
