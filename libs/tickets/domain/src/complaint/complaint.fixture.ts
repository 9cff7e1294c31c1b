import { isRefusal } from '@atrium/kernel';
import type { Instant } from '../instant.js';
import { builtInReference as reference } from '../reference.js';
import type { ComplaintCommand, ComplaintCommandOf, RegisterComplaintData } from './complaint-command.js';
import type { ComplaintCommandType } from './commands/index.js';
import { complaintDecider } from './decider.js';
import type { ComplaintEvent } from './events.js';

export const desk: RegisterComplaintData = {
  channel: 'desk', subject: '电梯故障', description: '三楼电梯停运', policyVersion: 'desk-1', calendarVersion: 'main-1',
};
export const imported: RegisterComplaintData = {
  channel: 'phone', subject: 'Street light out', description: 'Corner of River St', policyVersion: 'imported-1', calendarVersion: 'boston-1',
};

/** Monday 3 March 2025, Shanghai time: `monday('10:05')`. */
export const monday = (time: string): Instant => onMarch(3, time);

/** A day of March 2025, Shanghai time. */
export const onMarch = (day: number, time: string): Instant =>
  new Date(Date.parse(`2025-03-01T${time}:00+08:00`) + (day - 1) * 86_400_000).toISOString();

/** A command as it is sent when it happens. */
export const send = <Type extends ComplaintCommandType>(type: Type, data: ComplaintCommandOf<Type>['data'], now: Instant) =>
  ({ type, data, now, reference }) as unknown as ComplaintCommandOf<Type>;

/** A command as it is entered later. */
export const late = <Type extends ComplaintCommandType>(type: Type, data: ComplaintCommandOf<Type>['data'], at: Instant, now: Instant) =>
  ({ ...send(type, data, now), at });

/** The events of commands that are all accepted, one after the other. */
export function history(...commands: readonly ComplaintCommand[]): readonly ComplaintEvent[] {
  const { initialState, decide, evolve } = complaintDecider;
  return commands.reduce<readonly ComplaintEvent[]>((events, command) => {
    const decided = decide(command, events.reduce(evolve, initialState));
    if (isRefusal(decided)) throw new Error(`${command.type} was refused: ${decided.detail}`);
    return [...events, ...decided];
  }, []);
}
