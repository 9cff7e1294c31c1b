import type { KeyVault } from './key-vault.js';
import { erased, erasedText, isSealed, type Sealed } from './sealed.js';

/** A value with texts in place of what was sealed. */
export type Opened<T> =
  T extends Sealed ? string
    : T extends readonly (infer Item)[] ? readonly Opened<Item>[]
      : T extends object ? { readonly [Key in keyof T]: Opened<T[Key]> }
        : T;

/**
 * Opens everything sealed in the `data` of many events at once; `erased` where a key no longer exists. Events without
 * sealed values are passed on as they are.
 * @throws SealBroken, KeysUnavailable
 */
export async function openEvents<E extends { readonly data: unknown }>(vault: KeyVault, events: readonly E[], purpose: string): Promise<E[]> {
  const data = await openSealed(vault, events.map((event) => event.data), purpose);
  return events.map((event, i) => (data[i] === event.data ? event : { ...event, data: data[i] }));
}

/** The same for any values as JSON has them. */
export async function openSealed<T>(vault: KeyVault, values: readonly T[], purpose: string): Promise<Opened<T>[]> {
  const sealed: Sealed[] = [];
  for (const value of values) collect(value, sealed);
  const texts = new Map<Sealed, string>();
  const opened = await vault.openMany(sealed, purpose);
  sealed.forEach((one, i) => texts.set(one, opened[i] === erased ? erasedText : opened[i] as string));
  return values.map((value) => replace(value, texts) as Opened<T>);
}

function collect(value: unknown, found: Sealed[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (isSealed(value)) found.push(value);
  else for (const inner of Object.values(value)) collect(inner, found);
}

/** The same object where nothing in it was sealed. */
function replace(value: unknown, texts: ReadonlyMap<Sealed, string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const text = texts.get(value as Sealed);
  if (text !== undefined) return text;
  if (Array.isArray(value)) {
    const items = value.map((item) => replace(item, texts));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  const entries = Object.entries(value).map(([key, inner]) => [key, replace(inner, texts)] as const);
  return entries.some(([key, inner]) => inner !== (value as Record<string, unknown>)[key]) ? Object.fromEntries(entries) : value;
}
