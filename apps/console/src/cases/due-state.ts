import type { ClockSummary, Status } from '../api.js';
import { clockTimeBetween } from './clock-time.js';

/** How near a running deadline must be to be shown as soon. */
const SOON_MS = 2 * 60 * 60 * 1000;

export type DueState =
  | { readonly kind: 'none' | 'paused' | 'met' | 'superseded' }
  | { readonly kind: 'broken'; readonly dueAtMs?: number }
  | { readonly kind: 'running' | 'soon' | 'overdue'; readonly dueAtMs: number; readonly byMs: number };

/**
 * What a list says of a clock at a time. The service counts a deadline that passed while running as broken; where the case
 * still waits for the act, that is shown as overdue since then.
 */
export const dueState = (clock: ClockSummary | null, awaitsAct: boolean, now: number): DueState => {
  if (clock === null) return { kind: 'none' };
  const dueAtMs = clock.dueAt == null ? undefined : Date.parse(clock.dueAt);
  switch (clock.state) {
    case 'paused':
    case 'met':
    case 'superseded':
      return { kind: clock.state };
    case 'running':
    case 'broken': {
      if (dueAtMs === undefined) return clock.state === 'broken' ? { kind: 'broken' } : { kind: 'none' };
      if (clock.state === 'broken' && !awaitsAct) return { kind: 'broken', dueAtMs };
      const byMs = clockTimeBetween(clock, now, dueAtMs);
      if (now > dueAtMs) return { kind: 'overdue', dueAtMs, byMs: -byMs };
      return { kind: byMs <= SOON_MS ? 'soon' : 'running', dueAtMs, byMs };
    }
  }
};

export const awaitsResolution = (status: Status): boolean => status !== 'resolved' && status !== 'closed';
