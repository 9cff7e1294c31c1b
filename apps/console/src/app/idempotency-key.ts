/** A new key for a new intent. Unlike randomUUID, this also works where the console is opened over plain HTTP from another machine. */
export const newIdempotencyKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
