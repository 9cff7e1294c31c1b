const FIRST_MS = 100;
const LONGEST_MS = 10_000;

/** The pause before the n-th start in a row that follows a failure, n from 1. */
export const backOffMs = (failures: number): number => Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
