/** The channel and the mall that were chosen last: choices from lists, nothing that anybody said. */
import type { Draft } from '../../commands/draft.js';

const KEY = 'atrium.register';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Of these fields, what was chosen last time in this browser. */
export const lastChoices = (pointers: readonly string[]): Draft => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (!isRecord(kept)) return {};
    return Object.fromEntries(pointers.flatMap((pointer) => (typeof kept[pointer] === 'string' && kept[pointer] !== '' ? [[pointer, kept[pointer]]] : [])));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
};

export const rememberChoices = (choices: Draft): void => localStorage.setItem(KEY, JSON.stringify(choices));
