import { Problem } from '@atrium/http';
import { builtInReference, type Mall } from '@atrium/tickets-domain';

export const DEFAULT_MALL = 'main';

/** @throws Problem 422 */
export function mallOf(mallId: string): Mall {
  const mall = Object.hasOwn(builtInReference.malls, mallId) ? builtInReference.malls[mallId] : undefined;
  if (!mall) throw new Problem(422, 'unknown-mall', 'There is no mall of this id.');
  return mall;
}
