import { describe, expect, it } from '@jest/globals';
import type { TimelineEntry } from '../../api.js';
import { othersSince } from './others-since.js';

const entry = (revision: number, id: string, role = 'agent'): TimelineEntry =>
  ({ revision: String(revision), type: 'X', occurredAt: '', recordedAt: '', actor: { id, role }, data: {} });

describe('what others wrote since', () => {
  it('leaves out what was seen, what oneself wrote, and the system', () => {
    const timeline = [entry(12, '王'), entry(9, '王'), entry(10, '李娜'), entry(11, 'atrium', 'system'), entry(8, '王')];
    expect(othersSince(timeline, '8', '李娜').map(({ revision }) => revision)).toEqual(['9', '12']);
    expect(othersSince(timeline, '12', '李娜')).toEqual([]);
  });
});
