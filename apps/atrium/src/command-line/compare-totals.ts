/** Totals of a store: numbers under names, some of them grouped. */
export interface Totals {
  readonly [name: string]: number | string | null | Totals;
}

export interface Comparison {
  /** A heading, then a row a total: its name, its value in each store, and a mark where they differ. */
  readonly rows: readonly (readonly string[])[];
  readonly differences: number;
}

const MISSING = '-';

/** Sets the totals of several stores side by side. A total that one store lacks is a difference. */
export function compareTotals(stores: Readonly<Record<string, Totals>>): Comparison {
  const names = Object.keys(stores);
  const columns = names.map((name) => flatten(stores[name] ?? {}));
  const totals = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  const rows = totals.map((total) => {
    const values = columns.map((column) => column.get(total) ?? MISSING);
    return [total, ...values, new Set(values).size > 1 ? 'differs' : ''];
  });
  return { rows: [['', ...names, ''], ...rows], differences: rows.filter((row) => row.at(-1) !== '').length };
}

function flatten(totals: Totals, prefix = ''): Map<string, string> {
  return new Map(Object.entries(totals).flatMap(([name, value]): [string, string][] =>
    typeof value === 'object' && value !== null ? [...flatten(value, `${prefix}${name} `)] : [[`${prefix}${name}`, String(value)]]));
}
