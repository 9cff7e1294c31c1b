import { describe, expect, it } from '@jest/globals';
import { fieldsOf, leavesOf, type Field, type JsonSchema } from './command-schema.js';
import { bodyOf, faultsOf, parseAmount } from './draft.js';

/** A command that nobody has written: whatever a description says, a form follows from it. */
const invented: JsonSchema = {
  type: 'object',
  required: ['tier', 'note', 'party'],
  properties: {
    tier: { type: 'string', enum: ['gold', 'jade', 'lapsed'], 'x-unoffered': ['lapsed'], title: 'Tier', 'x-zh': '等级', 'x-labels': { gold: { zh: '金卡', en: 'Gold' }, jade: { zh: '玉卡', en: 'Jade' } } },
    note: { type: 'string', 'x-multiline': true, maxLength: 10, title: 'Note', 'x-zh': '备注' },
    code: { type: 'string', maxLength: 6, pattern: '^[A-Z]+$', examples: ['ABC'], title: 'Code', 'x-zh': '代码' },
    until: { type: 'string', format: 'date-time', 'x-when': 'ahead', title: 'Until', 'x-zh': '截止' },
    feeMinor: { type: 'integer', 'x-currency': 'feeCurrency', maximum: 130_000, title: 'Fee', 'x-zh': '费用' },
    feeCurrency: { type: 'string', pattern: '^[A-Z]{3}$', 'x-seldom': true, title: 'Currency', 'x-zh': '币种' },
    seats: { type: 'integer', minimum: 1, maximum: 8, title: 'Seats', 'x-zh': '座位' },
    urgent: { type: 'boolean', title: 'Urgent', 'x-zh': '加急' },
    party: { type: 'object', title: 'Party', 'x-zh': '一方', required: ['name'], properties: { name: { type: 'string', title: 'Name', 'x-zh': '姓名' } } },
    guest: { type: 'object', title: 'Guest', 'x-zh': '来宾', required: ['name'], properties: { name: { type: 'string', title: 'Name', 'x-zh': '姓名' }, 'a/b': { type: 'string', title: 'Odd' } } },
    tags: { type: 'array', title: 'Tags', 'x-zh': '标签' },
  },
};
const fields = fieldsOf(invented);
const place = { timeZone: 'Asia/Shanghai', currency: 'CNY', now: Date.parse('2026-03-02T04:00:00.000Z') };
const kinds = (all: readonly Field[]): readonly string[] => all.map(({ pointer, kind, required, seldom }) => `${pointer} ${kind}${required ? ' required' : ''}${seldom ? ' seldom' : ''}`);

describe('fields of a description', () => {
  it('are of the kinds its types and hints say', () => {
    expect(kinds(fields)).toEqual([
      '/tier choice required', '/note lines required', '/code line', '/until instant', '/feeMinor money', '/feeCurrency line seldom',
      '/seats number', '/urgent flag', '/party group required', '/guest group', '/tags unknown',
    ]);
    expect(leavesOf(fields).map(({ pointer }) => pointer)).toEqual([
      '/tier', '/note', '/code', '/until', '/feeMinor', '/feeCurrency', '/seats', '/urgent', '/party/name', '/guest/name', '/guest/a~1b', '/tags',
    ]);
  });

  it('offer what people choose', () => {
    expect(fields[0]).toMatchObject({ options: [{ value: 'gold' }, { value: 'jade' }] });
  });

  it('bring their words', () => {
    expect(fields[0]).toMatchObject({ label: { zh: '等级', en: 'Tier' }, options: [{ value: 'gold', label: { zh: '金卡', en: 'Gold' } }, { value: 'jade', label: { zh: '玉卡', en: 'Jade' } }] });
    expect(fieldsOf({ properties: { bare: { type: 'string' } } })[0]?.label).toEqual({ zh: 'bare', en: 'bare' });
  });

  it('fold the later ones of many optional ones away, where nothing says which are seldom', () => {
    const properties = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, { type: 'string' }]));
    expect(fieldsOf({ properties, required: ['g'] }).filter(({ seldom }) => seldom).map(({ pointer }) => pointer)).toEqual(['/f']);
    expect(fieldsOf({ properties: { ...properties, a: { type: 'string', 'x-seldom': true } } }).filter(({ seldom }) => seldom).map(({ pointer }) => pointer)).toEqual(['/a']);
  });
});

describe('a draft', () => {
  it('becomes a body: trimmed, nested, times in UTC, money in minor units with the currency of the mall', () => {
    const draft = {
      '/tier': 'jade', '/note': ' 一\r\n二 ', '/code': '', '/until': '2026-03-02 18:00', '/feeMinor': '1,299.5', '/seats': '3', '/urgent': 'true',
      '/party/name': ' 王 ', '/guest/name': '  ', '/guest/a~1b': '',
    };
    expect(faultsOf(fields, draft, place)).toEqual([]);
    expect(bodyOf(fields, draft, place)).toEqual({
      tier: 'jade', note: '一\n二', until: '2026-03-02T10:00:00.000Z', feeMinor: 129_950, feeCurrency: 'CNY', seats: 3, urgent: true, party: { name: '王' },
    });
  });

  it('has the currency that was chosen, and none without an amount', () => {
    const whole = { '/tier': 'gold', '/note': 'x', '/party/name': 'y' };
    expect(bodyOf(fields, { ...whole, '/feeMinor': '200', '/feeCurrency': 'JPY' }, place)).toMatchObject({ feeMinor: 200, feeCurrency: 'JPY' });
    expect(bodyOf(fields, { ...whole, '/feeCurrency': 'JPY' }, place)).toEqual({ tier: 'gold', note: 'x', party: { name: 'y' } });
  });

  it('is told everything that is wrong with it', () => {
    const draft = { '/note': 'longer than ten', '/code': 'abc', '/until': 'soon', '/feeMinor': '1300.01', '/seats': '9', '/guest/a~1b': 'x' };
    expect(faultsOf(fields, draft, place)).toEqual([
      { pointer: '/tier', kind: 'unchosen' }, { pointer: '/note', kind: 'too-long', hint: '10' }, { pointer: '/code', kind: 'pattern', hint: 'ABC' },
      { pointer: '/until', kind: 'no-time' }, { pointer: '/feeMinor', kind: 'no-amount' }, { pointer: '/seats', kind: 'too-large', hint: '8' },
      { pointer: '/party/name', kind: 'missing' }, { pointer: '/guest/name', kind: 'missing' },
    ]);
    expect(faultsOf(fields, { '/note': '😀'.repeat(10) }, place)).not.toContainEqual(expect.objectContaining({ pointer: '/note' }));
    expect(faultsOf(fields, { '/seats': '1.5' }, place)).toContainEqual({ pointer: '/seats', kind: 'no-number' });
  });
});

describe('an amount as it is typed', () => {
  it.each([
    ['199', 19_900], ['199.5', 19_950], ['0.07', 7], ['1,299.00', 129_900], ['￥ 88', 8_800], ['19.', 1_900], ['9999999999999.99', 999_999_999_999_999],
  ])('%s', (typed, minor) => expect(parseAmount(typed, 2)).toBe(minor));

  it.each(['', 'abc', '-1', '1.234', '1,2', '1 2', '.5', '1e3'])('%j is none', (typed) => expect(parseAmount(typed, 2)).toBeUndefined());

  it('has no fraction in a currency without one', () => {
    expect(parseAmount('500', 0)).toBe(500);
    expect(parseAmount('5.0', 0)).toBeUndefined();
  });
});
