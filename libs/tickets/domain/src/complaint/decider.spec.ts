import { describe, it } from '@jest/globals';
import { specify } from '@atrium/testing';
import { builtInReference as reference } from '../reference.js';
import { complaintDecider } from './decider.js';
import type { ComplaintEvent } from './events.js';

const { given } = specify(complaintDecider);

const registered: ComplaintEvent = {
  type: 'ComplaintRegistered',
  data: { channel: 'desk', subject: '电梯故障', description: '三楼电梯停运', policyVersion: 'desk-1', calendarVersion: 'main-1' },
  occurredAt: '2025-03-03T02:05:00.000Z',
};

describe('a complaint', () => {
  it('is registered, and the customer awaits a reply within 15 minutes of opening hours', () => {
    given()
      .when({ type: 'RegisterComplaint', data: registered.data, now: '2025-03-03T02:05:00.000Z', reference })
      .then(registered, {
        type: 'ClockStarted',
        data: {
          clockId: 'acknowledge-1', name: 'acknowledge', mode: 'open', limitMs: 900_000, dueAt: '2025-03-03T02:20:00.000Z',
          policyVersion: 'desk-1', calendarVersion: 'main-1',
        },
        occurredAt: '2025-03-03T02:05:00.000Z',
      });
  });
});
