/** Instants are ISO 8601 texts in UTC with milliseconds; texts of this one form order as the times do. */
export type Instant = string;

/** Epoch milliseconds. */
export const toMs = (instant: Instant): number => Date.parse(instant);

export const toInstant = (epochMs: number): Instant => new Date(epochMs).toISOString();

export const laterOf = (a: Instant, b: Instant): Instant => (a < b ? b : a);

export const earlierOf = (a: Instant, b: Instant): Instant => (a < b ? a : b);
