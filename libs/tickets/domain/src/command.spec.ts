import { describe, expect, it } from '@jest/globals';
import { personalTexts, replacePersonal } from './command.js';
import { complaintCommand } from './complaint/commands/index.js';
import { isSealed } from './sealed.js';

const { personal } = complaintCommand('RegisterComplaint');
const data = { channel: 'desk', subject: '电梯故障', description: '三楼', complainant: { name: '王小明', email: 'wang@example.com' } };
const seal = ({ path, text }: { path: string; text: string }) => ({ sealed: `<${text}>`, personId: 'p-1', field: path });

describe('personal texts', () => {
  it('are found by their paths, as far as they are there', () => {
    expect(personalTexts(data, personal)).toStrictEqual([
      { path: 'subject', text: '电梯故障' }, { path: 'description', text: '三楼' }, { path: 'complainant.name', text: '王小明' }, { path: 'complainant.email', text: 'wang@example.com' },
    ]);
    expect(personalTexts({ channel: 'desk' }, personal)).toStrictEqual([]);
  });

  it('are replaced in a copy; nothing else is', () => {
    const before = structuredClone(data);
    expect(replacePersonal(data, personal, seal)).toStrictEqual({
      channel: 'desk',
      subject: { sealed: '<电梯故障>', personId: 'p-1', field: 'subject' },
      description: { sealed: '<三楼>', personId: 'p-1', field: 'description' },
      complainant: {
        name: { sealed: '<王小明>', personId: 'p-1', field: 'complainant.name' },
        email: { sealed: '<wang@example.com>', personId: 'p-1', field: 'complainant.email' },
      },
    });
    expect(data).toStrictEqual(before);
  });

  it('once sealed are left alone', () => {
    const sealed = replacePersonal(data, personal, seal);
    expect(replacePersonal(sealed, personal, seal)).toBe(sealed);
  });
});

describe('a sealed value', () => {
  it('is told from a text', () => {
    expect(isSealed(seal({ path: 'note', text: 'x' }))).toBe(true);
    for (const value of ['text', '', null, undefined, 1, {}, { sealed: 'x' }]) expect(isSealed(value)).toBe(false);
  });
});
