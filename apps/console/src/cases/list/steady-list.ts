import { useMemo, useState } from 'react';
import type { CasePage, CaseSummary } from '../../api.js';

export interface SteadyRow {
  readonly item: CaseSummary;
  /** It would not be in this list, or not on this page of it, if that were asked for now. */
  readonly hasLeft: boolean;
}

export interface SteadyRows {
  readonly rows: readonly SteadyRow[];
  /** Rows that the latest answer has and the reader has not, in its order. */
  readonly added: readonly CaseSummary[];
  /** The latest answer has other rows, or has them in another order. */
  readonly differs: boolean;
}

/** The rows a reader has before them, each at its place and as it is now. */
export const steadyRows = (before: readonly CaseSummary[], latest: readonly CaseSummary[]): SteadyRows => {
  const now = new Map(latest.map((item) => [item.id, item]));
  const known = new Set(before.map(({ id }) => id));
  const rows = before.map((item) => ({ item: now.get(item.id) ?? item, hasLeft: !now.has(item.id) }));
  const added = latest.filter(({ id }) => !known.has(id));
  const differs = before.length !== latest.length || before.some(({ id }, index) => id !== latest[index]?.id);
  return { rows, added, differs };
};

/** Of those added, how many were opened since the list was read: the others were on another page, or were no match. */
export const countNew = (added: readonly CaseSummary[], before: readonly CaseSummary[]): number => {
  const newest = before.reduce((latest, { openedAt }) => (openedAt > latest ? openedAt : latest), '');
  return added.filter(({ openedAt }) => openedAt > newest).length;
};

interface Held {
  readonly key: string;
  readonly page: CasePage;
  /** Asked for since the reader came to it; what is older gives way to it. */
  readonly fresh: boolean;
}

interface Latest {
  /** Of the query: another one is another list. */
  readonly key: string;
  /** Undefined while it loads. */
  readonly page: CasePage | undefined;
  readonly fresh: boolean;
}

/** A list that nothing moves under its reader's hand: what has changed since is told, and shown when the reader wants it. */
export const useSteadyList = ({ key, page, fresh }: Latest) => {
  const [held, setHeld] = useState<Held>();
  const isHeld = held !== undefined && held.key === key && held.fresh && held.page.items.length > 0;
  if (!isHeld && page !== undefined && (held?.key !== key || held.page !== page || held.fresh !== fresh)) setHeld({ key, page, fresh });
  const before = held?.page;
  const latest = held?.key === key ? (page ?? before) : before;
  return useMemo(() => {
    if (before === undefined || latest === undefined) return undefined;
    const { rows, added, differs } = steadyRows(before.items, latest.items);
    return {
      rows, added, differs,
      newCount: countNew(added, before.items),
      /** With the cursor that follows the rows shown. */
      page: { ...before, total: latest.total },
      show: () => setHeld({ key, page: latest, fresh: true }),
    };
  }, [before, latest, key]);
};
