/** Local times of one day, `HH:MM`; `to` may be `24:00` and lies after `from`. What runs past midnight is two spans. */
export interface OpeningSpan {
  readonly from: string;
  readonly to: string;
}

/** Monday is 1, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * When a mall is open. A version never changes once a clock has started under it. On a closure (`YYYY-MM-DD`, local)
 * the week's spans do not apply; extra openings are added to whatever else applies on their day, so that a shorter day
 * is a closure with an opening.
 */
export interface BusinessCalendar {
  readonly version: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly weekly: Readonly<Record<Weekday, readonly OpeningSpan[]>>;
  readonly closures: readonly string[];
  readonly openings: readonly { readonly date: string; readonly spans: readonly OpeningSpan[] }[];
}

export const everyDay = (...spans: readonly OpeningSpan[]): BusinessCalendar['weekly'] =>
  ({ 1: spans, 2: spans, 3: spans, 4: spans, 5: spans, 6: spans, 7: spans });
