import type { Recorded } from '@atrium/kernel';
import { KeyReused } from './errors.js';

/**
 * The events that a command wrote when it came the first time; empty when it has not come.
 * @throws KeyReused when the command id stands for another request.
 */
export function findCommand(history: readonly Recorded[], commandId: string, requestHash: string): readonly Recorded[] {
  const written = history.filter((event) => event.metadata.commandId === commandId);
  if (written.some((event) => event.metadata.requestHash !== requestHash)) throw new KeyReused();
  return written;
}
