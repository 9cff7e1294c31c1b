import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { backdatingFields } from '../../backdating.js';
import { roles, roleTitles } from '../../roles.js';
import { complaintCommand, complaintCommands, type ComplaintCommandType } from './index.js';

type Json = Readonly<Record<string, unknown>>;

const whole: Readonly<Record<ComplaintCommandType, Json>> = {
  RegisterComplaint: {
    channel: 'desk', subject: '电梯故障', description: '三楼电梯停运\n\t已半小时', category: '设施', shop: '三楼 A12',
    eventAt: '2025-03-03T09:30:00+08:00', amountMinor: 19_900, currency: 'CNY',
    complainant: { name: '王小明', phone: '+86 138 0000 0000', email: 'wang@example.com' }, language: 'zh-CN', externalReference: 'X-04/17',
  },
  AcknowledgeComplaint: { message: '已收到' },
  RouteComplaint: { department: '工程部', queue: '电梯', reason: '专业' },
  PromiseResolution: { dueAt: '2025-03-03T18:00:00Z' },
  StartWaiting: { party: 'customer', reason: '等待发票' },
  EndWaiting: {},
  RecordFollowUp: { note: '回访' },
  ResolveComplaint: { resolution: '已修复' },
  CloseComplaint: { outcome: 'resolved', reason: '顾客满意' },
  ReopenComplaint: { reason: '再次故障' },
  RecordBreach: { clockId: 'acknowledge-1' },
};

/** Which fields complain, or what was understood. */
function read(type: ComplaintCommandType, data: unknown): unknown {
  const parsed = complaintCommand(type).schema.safeParse(data);
  return parsed.success ? parsed.data : parsed.error.issues.map(({ path }) => path.join('.'));
}

const registration = (changes: Json): unknown => read('RegisterComplaint', { ...whole.RegisterComplaint, ...changes });

/** Every field of every command: its path, its JSON schema, and the data of its command. */
const fields = complaintCommands.flatMap(({ type, schema }) => {
  const { $defs } = z.toJSONSchema(schema, { io: 'input' }) as { $defs: Readonly<Record<string, Json>> };
  return fieldsOf($defs[type] as Json).map(([path, field]) => ({ type, path, field }));
});

function fieldsOf({ properties = {} }: Json, prefix = ''): [string, Json][] {
  return Object.entries(properties as Readonly<Record<string, Json>>)
    .flatMap(([name, field]) => [[`${prefix}${name}`, field], ...fieldsOf(field, `${prefix}${name}.`)] as [string, Json][]);
}

function withField(data: Json, [name = '', ...rest]: readonly string[], value: unknown): Json {
  return { ...data, [name]: rest.length > 0 ? withField(data[name] as Json, rest, value) : value };
}

function expectWords({ title, 'x-zh': zh, enum: values = [], 'x-labels': labels = {} }: Json): void {
  expect(title).toMatch(/^[A-Z]/);
  expect(zh).toMatch(/^\p{Script=Han}/u);
  expect(Object.keys(labels as Json)).toStrictEqual(values);
  for (const label of Object.values(labels as Json)) expect(label).toStrictEqual({ zh: expect.stringMatching(/^\p{Script=Han}+$/u), en: expect.stringMatching(/^[A-Z]/) });
}

const strings = fields.filter(({ field }) => field['type'] === 'string' && field['format'] === undefined && field['enum'] === undefined);
const instants = fields.filter(({ field }) => field['format'] === 'date-time');

describe('command files', () => {
  it.each(complaintCommands)('$type takes its whole data, and no unknown field', ({ type }) => {
    expect(read(type, whole[type])).toBeInstanceOf(Object);
    expect(read(type, { ...whole[type], extra: 1 })).toStrictEqual(['']);
    for (const data of [null, undefined, [], 'x', 1]) expect(read(type, data)).toStrictEqual(['']);
  });

  it.each(complaintCommands)('$type: an address, roles that exist, a title in both languages, personal texts that are fields', (command) => {
    const { type, roles: who, title, personal } = command;
    const kebab = type.replace('Complaint', '').replaceAll(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    expect('route' in command ? command.route : undefined).toBe(type === 'RegisterComplaint' || type === 'RecordBreach' ? undefined : kebab);
    expect('creates' in command).toBe(type === 'RegisterComplaint');
    expect(who.length).toBeGreaterThan(0);
    expect(roles).toEqual(expect.arrayContaining([...who]));
    expect(title.en).toMatch(/^[A-Z]/);
    expect(title.zh).toMatch(/^\p{Script=Han}+$/u);
    const paths = fields.filter((field) => field.type === type).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining([...personal]));
  });

  it('leave the system\'s own command to the system, and reading to those who only read', () => {
    expect(complaintCommand('RecordBreach').roles).toStrictEqual(['system']);
    for (const { type, roles: who } of complaintCommands) {
      expect((who as readonly string[]).filter((role) => ['auditor', 'member-clerk', 'general-manager'].includes(role))).toStrictEqual([]);
      if (type !== 'RecordBreach') expect(who).not.toContain('system');
    }
  });

  it('divide the work as the manuals do: the desk registers, answers and closes (003:197, 205, 303; 004 §1.3), and mall management works on the case with it (003:201, 291-301)', () => {
    const desk = ['agent', 'shift-lead', 'supervisor', 'integration'];
    const both = ['agent', 'shift-lead', 'supervisor', 'mall-management', 'integration'];
    expect(Object.fromEntries(complaintCommands.map(({ type, roles: who }) => [type, who]))).toStrictEqual({
      RegisterComplaint: desk, AcknowledgeComplaint: desk, CloseComplaint: desk, ReopenComplaint: desk,
      RouteComplaint: both, PromiseResolution: both, StartWaiting: both, EndWaiting: both, RecordFollowUp: both, ResolveComplaint: both,
      RecordBreach: ['system'],
    });
  });

  it.each(fields)('$type.$path has a title in both languages, and so has each of its values', ({ field }) => expectWords(field));

  it('backdating is worded too', () => {
    for (const field of Object.values(backdatingFields)) expectWords(z.toJSONSchema(field, { io: 'input' }) as Json);
  });

  it.each(Object.entries(roleTitles))('the role %s has a title in both languages', (_role, { en, zh }) => {
    expect(en).toMatch(/^[A-Z]/);
    expect(zh).toMatch(/^\p{Script=Han}+$/u);
  });
});

describe('bad input', () => {
  const bad: readonly [string, unknown][] = [
    ['nothing', ''], ['only spaces', ' \t '], ['a number', 7], ['null', null], ['a bell', 'a\u0007b'], ['a zero byte', 'a\u0000b'],
    ['a C1 control', 'a\u0085b'], ['a high half', 'a\ud83d'], ['a low half', '\udc00a'],
  ];

  it.each(strings)('$type.$path', ({ type, path, field }) => {
    const max = field['maxLength'] as number | undefined;
    for (const [, value] of [...bad, ['too long', 'x'.repeat((max ?? 3) + 1)]]) {
      expect(read(type, withField(whole[type], path.split('.'), value))).toEqual(expect.arrayContaining([path]));
    }
  });

  it.each(instants)('$type.$path', ({ type, path }) => {
    for (const value of [
      '2024-02-30T00:00:00Z', '2023-02-29T00:00:00Z', '2024-13-01T00:00:00Z', '2024-01-01T24:00:00Z', '2024-01-01T23:59:60Z', '2024-01-01',
      '2024-01-01T00:00:00', '2024-01-01T00:00:00+25:00', 'yesterday', '', 1_700_000_000_000, null, '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-01:00',
    ]) expect(read(type, { ...whole[type], [path]: value })).toEqual([path]);
  });

  it.each([
    ['a fraction', { amountMinor: 0.5 }, 'amountMinor'], ['a negative amount', { amountMinor: -1 }, 'amountMinor'],
    ['more than can be counted', { amountMinor: 1_000_000_000_001 }, 'amountMinor'], ['an amount as text', { amountMinor: '5' }, 'amountMinor'],
    ['an amount without a currency', { currency: undefined }, 'currency'], ['a currency without an amount', { amountMinor: undefined }, 'currency'],
    ['a currency in small letters', { currency: 'cny' }, 'currency'], ['an unknown channel', { channel: 'fax' }, 'channel'],
    ['two lines in a subject', { subject: 'a\nb' }, 'subject'], ['a subject that nobody can see', { subject: '\u200b\u202e\u2028' }, 'subject'], ['an e-mail without a domain', { complainant: { name: 'W', email: 'wang' } }, 'complainant.email'],
    ['a complainant without a name', { complainant: {} }, 'complainant.name'], ['a language that is none', { language: '中文' }, 'language'],
    ['versions, which are not the caller\'s', { policyVersion: 'imported-1' }, ''], ['a person, who is not the caller\'s', { complainant: { name: 'W', personId: 'p' } }, 'complainant'],
  ])('%s', (_what, changes, path) => expect(registration(changes)).toStrictEqual([path]));

  it('names every bad field at once', () => {
    expect(read('RegisterComplaint', { channel: 'fax', subject: '', eventAt: 'x' })).toStrictEqual(['channel', 'subject', 'description', 'eventAt']);
  });
});

describe('what is read', () => {
  it('is trimmed, has plain line breaks, and instants in UTC with milliseconds', () => {
    expect(registration({ subject: '  电梯故障 ', description: '\r\n一\r\n二\r三\n', eventAt: '2025-03-03T09:30:00.1239+08:00' })).toMatchObject({
      subject: '电梯故障', description: '一\n二\n三', eventAt: '2025-03-03T01:30:00.123Z',
    });
    expect(read('PromiseResolution', { dueAt: '2024-02-29T23:59:59-05:00' })).toStrictEqual({ dueAt: '2024-03-01T04:59:59.000Z' });
  });

  it('reaches each bound, and may hold every script and whole surrogate pairs', () => {
    for (const { type, path, field } of strings) {
      if (field['pattern'] !== undefined) continue;
      const longest = '😀'.repeat((field['maxLength'] as number) / 2);
      expect(read(type, withField(whole[type], path.split('.'), longest))).not.toBeInstanceOf(Array);
    }
  });
});
