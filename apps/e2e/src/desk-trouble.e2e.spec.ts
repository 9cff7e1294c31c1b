import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page, Request, Route } from 'playwright-core';
import { Browser } from './browser.js';
import type { Look, Watched } from './browser.js';
import { browserProgram, inBrowser } from './in-browser.js';
import { RunningSystem } from './running-system.js';

jest.setTimeout(120_000);

const zh: Look = { width: 1440, language: 'zh' };
const NOTE = '已致电顾客，约定明天到店处理。';

interface CaseAnswer {
  readonly timeline: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[];
}

inBrowser('trouble while somebody works on a case', () => {
  let system: RunningSystem;
  let browser: Browser;
  let agent: string;
  let lead: string;
  let watched: Watched | undefined;

  beforeAll(async () => {
    system = await RunningSystem.start();
    [agent, lead] = await Promise.all([system.token('agent', 'lina'), system.token('shift-lead', 'zhao')]);
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

  /** A new case on the screen of an agent. */
  const begin = async (): Promise<Watched & { readonly id: string; readonly posts: readonly Request[] }> => {
    const { id } = await system.command<{ id: string }>('', { channel: 'desk', subject: '羽绒服充绒量与吊牌不符', description: '要求退货。', complainant: { name: '王秀兰' } }, agent);
    watched = await browser.open(`${system.url}/cases/${id}`, zh, agent);
    const posts: Request[] = [];
    watched.page.on('request', (request) => { if (request.method() === 'POST') posts.push(request); });
    await watched.settled();
    return { ...watched, id, posts };
  };
  const write = async (page: Page, command = 'RecordFollowUp', text = NOTE): Promise<void> => {
    await page.locator(`[data-command="${command}"]`).click();
    await page.locator('.command-form textarea').fill(text);
  };
  const typed = (page: Page): Promise<string> => page.locator('.command-form textarea').inputValue();
  const send = (page: Page): Promise<void> => page.locator('.command-form textarea').press('Control+Enter');
  const recorded = (page: Page): Promise<void> => page.locator('.work-said-something').filter({ hasText: '已登记：' }).waitFor();
  const notes = async (id: string): Promise<number> =>
    (await system.get<CaseAnswer>(`/api/tickets/complaints/${id}`, agent)).timeline.filter(({ data }) => data['note'] === NOTE).length;
  const keysOf = (posts: readonly Request[]): Promise<readonly (string | undefined)[]> =>
    Promise.all(posts.map(async (request) => (await request.allHeaders())['idempotency-key']));
  /** For the next command only. */
  const onNextPost = (page: Page, act: (route: Route) => Promise<void>) =>
    page.route('**/record-follow-up', (route) => act(route), { times: 1 });
  const refuse = (status: number, code: string, headers: Readonly<Record<string, string>> = {}) => (route: Route): Promise<void> =>
    route.fulfill({ status, headers: { 'content-type': 'application/problem+json', ...headers }, body: JSON.stringify({ type: `urn:atrium:problem:${code}`, title: 'In English', status, code }) });
  const expected = (complaints: readonly string[]): readonly string[] => complaints.filter((one) => !one.includes('Failed to load resource'));

  it('shows what somebody else did meanwhile, keeps what was typed, and sends it all the same', async () => {
    const { page, id, inspectAll, posts } = await begin();
    await write(page, 'AcknowledgeComplaint', '您好，已受理。');
    await system.command(`/${id}/route`, { department: '商管部', queue: '服饰', reason: '质量问题由商管部核实' }, lead);
    await page.getByText('您开始填写之后，案件有了变动。').waitFor();
    expect(await typed(page)).toBe('您好，已受理。');
    expect(await inspectAll('case-changed-under-a-form')).toEqual([]);
    await send(page);
    const conflict = page.locator('.conflict');
    await conflict.getByText('分流至 商管部，队列 服饰').waitFor();
    await conflict.getByText('质量问题由商管部核实').waitFor();
    expect(await conflict.locator('.quiet').textContent()).toMatch(/^领班 · .*zhao/);
    expect(await typed(page)).toBe('您好，已受理。');
    expect(expected(await inspectAll('conflict'))).toEqual([]);
    await conflict.getByRole('button', { name: '仍然提交我的' }).click();
    await recorded(page);
    const [first, second] = await Promise.all(posts.map((request) => request.allHeaders()));
    expect([first?.['if-match'], second?.['if-match']]).toEqual(['"1"', '"2"']);
    await page.locator('blockquote', { hasText: '您好，已受理。' }).waitFor();
  });

  it('can drop what was typed after a conflict, or look at it again', async () => {
    const { page, id } = await begin();
    await write(page);
    await system.command(`/${id}/route`, { department: '工程部' }, lead);
    await page.getByText('您开始填写之后，案件有了变动。').waitFor();
    await page.getByRole('button', { name: '查看变动' }).click();
    await page.locator('#timeline-title:focus').waitFor();
    await send(page);
    await page.getByRole('button', { name: '先看看再改' }).click();
    await page.locator('.conflict').waitFor({ state: 'detached' });
    expect(await typed(page)).toBe(NOTE);
    await system.command(`/${id}/route`, { department: '安保部' }, lead);
    await page.getByText('您开始填写之后，案件有了变动。').waitFor();
    await send(page);
    await page.getByRole('button', { name: '放弃我的' }).click();
    await page.locator('.command-form').waitFor({ state: 'detached' });
    expect(await notes(id)).toBe(0);
  });

  it('says what is possible instead after a conflict, too, and takes the text along', async () => {
    const { page, id } = await begin();
    await write(page, 'AcknowledgeComplaint');
    await system.command(`/${id}/acknowledge`, {}, lead);
    await page.locator('.hint-strong').waitFor();
    await page.locator('.command-form textarea').press('Control+Enter');
    await page.locator('.conflict .instead').getByRole('button', { name: '跟进记录' }).click();
    await page.getByRole('form', { name: '跟进记录' }).waitFor();
    expect(await typed(page)).toBe(NOTE);
    await send(page);
    await recorded(page);
    expect(await notes(id)).toBe(1);
  });

  it('says what is possible instead, and takes the text along', async () => {
    const { page, id, inspectAll } = await begin();
    await write(page, 'AcknowledgeComplaint');
    await page.route('**/complaints/*', (route) => route.abort());
    // Sent from another tab of the same person: no conflict with anybody else.
    await system.command(`/${id}/acknowledge`, {}, agent);
    await send(page);
    await page.getByText('已首次回复过顾客').waitFor();
    expect(expected(await inspectAll('not-possible-now'))).toEqual([]);
    await page.unroute('**/complaints/*');
    await page.locator('.instead').getByRole('button', { name: '跟进记录' }).click();
    await page.getByRole('form', { name: '跟进记录' }).waitFor();
    expect(await typed(page)).toBe(NOTE);
    await send(page);
    await recorded(page);
    expect(await notes(id)).toBe(1);
  });

  it('sends once, however often somebody clicks', async () => {
    const { page, id, posts } = await begin();
    await write(page);
    await page.locator('.command-form [type=submit]').dblclick({ delay: 1 });
    await recorded(page);
    expect(posts).toHaveLength(1);
    expect(await notes(id)).toBe(1);
  });

  it('repeats the same request after an answer that was lost, and it is done once', async () => {
    const { page, id, inspectAll, posts } = await begin();
    await write(page);
    await onNextPost(page, async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await send(page);
    await page.getByText('尚不清楚是否已登记').waitFor();
    expect(await page.locator('.command-form textarea').isDisabled()).toBe(true);
    expect(expected(await inspectAll('outcome-unknown'))).toEqual([]);
    await page.locator('.form-problem').getByRole('button', { name: '再次提交' }).click();
    await recorded(page);
    const [first, second] = await keysOf(posts);
    expect(second).toBe(first);
    expect(await notes(id)).toBe(1);
  });

  it('asks whether it was done until an answer tells, also when the network is gone in between', async () => {
    const { page, id, posts } = await begin();
    await write(page);
    await onNextPost(page, async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await send(page);
    await page.getByText('尚不清楚是否已登记').waitFor();
    await browser.offline(true);
    const repeat = page.locator('.form-problem').getByRole('button', { name: '再次提交' });
    await repeat.click();
    await page.locator('.form-problem').getByText('网络未连接').waitFor();
    expect(await page.locator('.command-form textarea').isDisabled()).toBe(true);
    await browser.offline(false);
    await repeat.click();
    await recorded(page);
    expect([await notes(id), new Set(await keysOf(posts)).size]).toEqual([1, 1]);
  });

  it('leaves open what is opened while the page still catches up', async () => {
    const { page } = await begin();
    await write(page);
    let show: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { show = resolve; });
    await page.route('**/complaints/*after=*', async (route) => {
      await held;
      await route.continue();
    });
    await send(page);
    await page.getByText('页面正在更新').waitFor();
    await write(page, 'ResolveComplaint', '已退款。');
    show();
    await recorded(page);
    expect(await typed(page)).toBe('已退款。');
  });

  it.each([
    ['busy for the moment', 503, 'event-store-away', '暂时无法登记', {}],
    ['too much asked of it', 429, 'too-many-requests', '操作过于频繁', { 'retry-after': '1' }],
    ['refused for its content', 422, 'promise-before-now', '时间已过', {}],
    ['refused by a code nobody has put into words', 409, 'quite-new', 'In English', {}],
  ] as const)('keeps what was typed, and says why, when it is %s', async (_case, status, code, title, headers) => {
    const { page, id, posts, inspect } = await begin();
    await write(page);
    await onNextPost(page, refuse(status, code, headers));
    await send(page);
    await page.locator('.form-problem').getByText(title).waitFor();
    await page.locator('.form-notices:focus').waitFor();
    expect(await typed(page)).toBe(NOTE);
    expect(expected(await inspect(`refused-${code}`, ['light']))).toEqual([]);
    if (status === 429) await page.getByRole('button', { name: '再次提交', exact: true }).click();
    else await send(page);
    await recorded(page);
    const keys = await keysOf(posts);
    expect(new Set(keys).size).toBe(1);
    expect(await notes(id)).toBe(1);
  });

  it('says that it is recorded even where the page cannot show it yet', async () => {
    const { page, id, settled } = await begin();
    await write(page);
    await page.route(`**/complaints/${id}*`, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ title: 't', status: 503, code: 'views-away' }) }));
    await send(page);
    await page.getByText('已登记。本页稍后会自动显示。').waitFor();
    expect(await page.locator('.command-form').count()).toBe(0);
    expect(await page.getByText(NOTE).count()).toBe(0);
    await page.unroute(`**/complaints/${id}*`);
    await page.getByRole('button', { name: '重试' }).click();
    await page.locator('blockquote', { hasText: NOTE }).waitFor();
    await settled();
    expect(await notes(id)).toBe(1);
  });

  it('shows the fault that the service found at its field', async () => {
    const { page } = await begin();
    await write(page);
    await onNextPost(page, (route) => route.fulfill({
      status: 400, contentType: 'application/problem+json', body: JSON.stringify({ title: 't', status: 400, code: 'invalid-body', errors: [{ path: '/note', message: 'holds nothing that can be seen' }] }),
    }));
    await send(page);
    await page.locator('.field-fault').getByText('holds nothing that can be seen').waitFor();
    await page.locator('.command-form textarea:focus').waitFor();
    expect(await page.locator('.command-form textarea').getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.type('。');
    expect(await page.locator('.field-fault').count()).toBe(0);
  });

  it('sends nothing without a network, and keeps what was typed', async () => {
    const { page, id, posts } = await begin();
    await write(page);
    await browser.offline(true);
    await send(page);
    await page.locator('.form-problem').getByText('网络未连接').waitFor();
    expect(posts).toHaveLength(0);
    await browser.offline(false);
    await page.locator('.form-problem').getByRole('button', { name: '再次提交' }).click();
    await recorded(page);
    expect(await notes(id)).toBe(1);
  });

  it('keeps what was typed while a sign-in that expired is renewed, for the same person only', async () => {
    const { page, id, inspectAll, posts } = await begin();
    await write(page);
    await onNextPost(page, refuse(401, 'token-expired'));
    await send(page);
    await page.getByText('已填写的内容保留在本标签页').waitFor();
    expect(expected(await inspectAll('sign-in-expired'))).toEqual([]);
    const signIn = async (token: string): Promise<void> => {
      await page.getByRole('textbox').fill(token);
      await page.getByRole('button', { name: '登录', exact: true }).click();
    };
    await signIn(agent);
    await page.locator('.command-form').waitFor();
    expect(await typed(page)).toBe(NOTE);
    await send(page);
    await recorded(page);
    expect([await notes(id), new Set(await keysOf(posts)).size]).toEqual([1, 1]);

    await write(page, 'RecordFollowUp', '只给自己看');
    await onNextPost(page, refuse(401, 'token-expired'));
    await send(page);
    await page.getByText('已填写的内容保留在本标签页').waitFor();
    await signIn(lead);
    await page.locator('.commands').waitFor();
    expect(await page.locator('.draft-mark, .command-form').count()).toBe(0);
  });

  it('tells that a time ran out while somebody looked, without a reload', async () => {
    const { id } = await system.command<{ id: string }>('', { channel: 'desk', subject: '停车费重复扣款', description: 'd' }, agent);
    await system.command(`/${id}/promise-resolution`, { dueAt: new Date(Date.now() + 2 * 3_600_000).toISOString() }, agent);
    watched = await browser.open(`${system.url}/`, zh, agent);
    const { page } = watched;
    await page.clock.install();
    await page.goto(`${system.url}/cases/${id}`);
    const promise = page.locator('.clock').filter({ has: page.getByRole('heading', { name: '承诺时限' }) });
    await promise.and(page.locator('.clock-running')).waitFor();
    await page.clock.fastForward(2 * 3_600_000 + 5_000);
    await promise.and(page.locator('.clock-overdue')).waitFor();
    await page.getByText('承诺时限：时限已到。').waitFor({ state: 'attached' });
  });
});
