import { useMemo } from 'react';
import { useLocation } from 'react-router';

/** The list a case was opened from, carried in the history entry of the case, so that the way back keeps filters and page. */
export interface ListPlace {
  readonly listSearch: string;
  readonly listState: unknown;
}

export const useListPlace = (): ListPlace => {
  const { search, state } = useLocation();
  return useMemo(() => ({ listSearch: search, listState: state as unknown }), [search, state]);
};

export const listPlaceOf = (state: unknown): ListPlace =>
  typeof state === 'object' && state !== null && 'listSearch' in state && typeof state.listSearch === 'string'
    ? { listSearch: state.listSearch, listState: 'listState' in state ? state.listState : undefined }
    : { listSearch: '', listState: undefined };
