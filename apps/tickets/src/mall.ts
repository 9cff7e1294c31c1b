import { Problem } from '@atrium/http';
import { builtInReference, line, type Mall } from '@atrium/tickets-domain';

export const DEFAULT_MALL = 'main';

const { malls } = builtInReference;

/** The mall of a new case, with the names of those there are. Which there are is asked of {@link mallOf}, as it is of an import's rows. */
export const mallField = line(40, { en: 'Mall', zh: '商场' })
  .meta({ enum: Object.keys(malls), 'x-labels': Object.fromEntries(Object.values(malls).map(({ id, name }) => [id, name])) })
  .default(DEFAULT_MALL);

/** @throws Problem 422 */
export function mallOf(mallId: string): Mall {
  const mall = Object.hasOwn(malls, mallId) ? malls[mallId] : undefined;
  if (!mall) throw new Problem(422, 'unknown-mall', 'There is no mall of this id.');
  return mall;
}
