/** Which complaints have changed, up to and including a position of the log. */
export interface Change {
  readonly ids: ReadonlySet<string>;
  readonly position: bigint;
}

/** What one listener has still to be told. `more`: beyond those listed, any complaint may have changed. */
export interface Notice extends Change {
  readonly more: boolean;
}

/** Ids in a notice, at most: whoever is that far behind had better ask for everything. */
export const MOST_IDS = 100;

/** One notice instead of two, of bounded size. */
export function merge(earlier: Notice | undefined, later: Change): Notice {
  const ids = new Set(earlier?.ids);
  let more = earlier?.more ?? false;
  for (const id of later.ids) {
    if (ids.size < MOST_IDS || ids.has(id)) ids.add(id);
    else more = true;
    if (more) break;
  }
  return { ids, more, position: later.position };
}
