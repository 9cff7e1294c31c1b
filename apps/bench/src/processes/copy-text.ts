/** A value as PostgreSQL's COPY reads it in its text format. */
export function copyValue(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return special.test(text) ? text.replaceAll(/[\\\b\f\n\r\t\v]/g, (found) => `\\${escapes[found] ?? found}`) : text;
}

const special = /[\\\b\f\n\r\t\v]/;
const escapes: Readonly<Record<string, string>> = { '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v' };

export const copyLine = (values: readonly unknown[]): string => `${values.map(copyValue).join('\t')}\n`;
