import { setTimeout as pause } from 'node:timers/promises';

const LIMIT_MS = 30_000;
const BETWEEN_MS = 100;

/** Asks again until the check passes; throws its last complaint after 30 s. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(BETWEEN_MS);
    }
  }
}
