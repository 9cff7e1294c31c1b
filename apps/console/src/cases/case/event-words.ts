import { ERASED } from '../../api.js';
import type { TimelineEntry } from '../../api.js';
import { clockNameOf, word } from '../../language/en.js';
import type { EventData, Messages } from '../../language/en.js';
import type { ZonedTime } from '../../time/zoned-time.js';
import { money } from './money.js';

export interface Wording {
  readonly m: Messages;
  readonly time: ZonedTime;
  readonly duration: (durationMs: number) => string;
}

/** An event in words; a type nobody has put into words yet is shown as it is. */
export const eventSentence = ({ type, data }: Pick<TimelineEntry, 'type' | 'data'>, { m, time }: Wording): string =>
  m.events[type]?.(data, { at: (instant) => (instant === undefined ? '—' : time.dateTime(instant)) }) ?? type;

/** Events of clocks follow from others and are shown more quietly. */
export const isClockEvent = (type: string): boolean => type.startsWith('Clock');

/** What people wrote, in the order it is quoted under the sentence. */
const PROSE = ['subject', 'description', 'message', 'note', 'resolution', 'reason'] as const;

export const proseOf = (data: EventData): readonly string[] =>
  PROSE.map((field) => data[field]).filter((value): value is string => typeof value === 'string' && value.trim() !== '');

/** Recording within this time of the occurrence is the ordinary case and not worth a word. */
const PROMPT_MS = 60_000;

export const wasRecordedLater = ({ occurredAt, recordedAt, backdatingReason }: TimelineEntry): boolean =>
  backdatingReason != null || Math.abs(Date.parse(recordedAt) - Date.parse(occurredAt)) > PROMPT_MS;

export interface Detail {
  readonly label: string;
  readonly value: string;
  readonly erased?: boolean;
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

const valueWords = (field: string, value: unknown, { m, time, duration }: Wording): string => {
  if (typeof value === 'number') return field.endsWith('Ms') ? duration(value) : String(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  if (INSTANT.test(value)) return time.exact(value);
  const words = { channel: m.channels, party: m.parties, outcome: m.outcomes, mode: m.modes, why: m.stops }[field];
  return word(words ?? {}, value);
};

/** An event's data as labelled values, nested objects flattened; what an erased key no longer opens is marked. */
export const detailsOf = (data: EventData, wording: Wording): readonly Detail[] =>
  Object.entries(data).flatMap(([field, value]): readonly Detail[] => {
    const label = word(wording.m.eventFields, field);
    if (value === null || value === undefined) return [];
    if (value === ERASED) return [{ label, value: wording.m.case.erased, erased: true }];
    if (field === 'clockId' || (field === 'name' && 'clockId' in data)) {
      return field === 'clockId' ? [{ label, value: `${word(wording.m.clocks, clockNameOf(data))} (${String(value)})` }] : [];
    }
    if (field === 'currency' && 'amountMinor' in data) return [];
    if (field === 'amountMinor' && typeof value === 'number' && typeof data.currency === 'string') return [{ label, value: money(wording.m.locale, value, data.currency) }];
    if (typeof value === 'object' && !Array.isArray(value)) return detailsOf(value as EventData, wording);
    return [{ label, value: valueWords(field, value, wording) }];
  });
