import type { Health } from '../api.js';
import type { Messages } from '../language/en.js';

export type HealthState = 'ready' | 'degraded' | 'notReady';

export interface HealthWords {
  readonly state: HealthState;
  readonly word: string;
  readonly reasons: readonly string[];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A list of texts, of {name, detail}, or a record of either. */
const reasonsIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.map((item: unknown) => (isRecord(item) ? Object.values(item).map(text).join(': ') : text(item)));
  if (isRecord(value)) return Object.entries(value).map(([name, reason]) => `${name}: ${isRecord(reason) ? Object.values(reason).map(text).join(', ') : text(reason)}`);
  return value === undefined || value === null || typeof value === 'boolean' ? [] : [text(value)];
};

export const healthWords = ({ ready, body }: Health, m: Messages): HealthWords => {
  const known = isRecord(body) ? body : {};
  const reasons = [...reasonsIn(known.degraded), ...reasonsIn(known.reasons), ...(ready ? [] : reasonsIn(known.error ?? known.detail))];
  const state: HealthState = !ready ? 'notReady' : reasons.length > 0 || known.status === 'degraded' ? 'degraded' : 'ready';
  return { state, word: m.system[state], reasons };
};
