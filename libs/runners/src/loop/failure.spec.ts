import { assertNever } from '@atrium/kernel';
import { describe as tell, framesOf } from './failure.js';

it('tells where an error was thrown and nothing of its message', () => {
  expect(tell(new RangeError('王小明 at (/home/王小明/phone.ts:138:1)'))).toMatch(/^RangeError at failure\.spec\.ts:\d+$/);
  expect(tell(new Error(''))).toMatch(/^Error at failure\.spec\.ts:\d+$/);
  expect(tell('王小明')).toBe('a string was thrown');
});

it('tells code and place of what PostgreSQL refuses, and not the values it quotes', () => {
  const error = Object.assign(new Error('duplicate key (name)=(王小明)'), { severity: 'ERROR', code: '23505', table: 'people_v1', constraint: 'people_v1_i1', detail: '王小明' });
  expect(tell(error)).toBe('PostgreSQL refused with 23505 at people_v1.people_v1_i1');
});

it('tells which event of the log cannot be read', () => {
  const damaged = Object.assign(new Error('王小明'), { name: 'DamagedEvent', stream: 'complaint-1', revision: 3n });
  expect(tell(damaged)).toBe('Event 3 of complaint-1 cannot be read');
});

it('tells which event this program does not know', () => {
  const thrown = (): unknown => {
    try {
      return assertNever({ type: 'ComplaintExploded', data: { subject: '王小明' } } as never, 'event');
    } catch (error) {
      return error;
    }
  };
  expect(tell(thrown())).toBe('Unknown event: ComplaintExploded');
});

it('keeps the frames of a stack and nothing of the message above them', () => {
  const frames = framesOf(new Error('王小明\n    at (/home/王小明/phone.ts:138:1)'));
  expect(frames[0]).toMatch(/failure\.spec\.ts:\d+:\d+/);
  expect(frames.join('\n')).not.toContain('王');
  const changed = new Error('王小明\n    at phone (x.ts:1:1)');
  expect(changed.stack).toContain('phone');
  changed.message = 'another';
  expect(framesOf(changed)).toEqual([]);
});
