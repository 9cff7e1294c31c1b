import { useCallback, useSyncExternalStore } from 'react';

export const useMedia = (query: string): boolean =>
  useSyncExternalStore(
    useCallback(
      (tell: () => void) => {
        const media = window.matchMedia(query);
        media.addEventListener('change', tell);
        return () => media.removeEventListener('change', tell);
      },
      [query],
    ),
    () => window.matchMedia(query).matches,
  );

export const useNarrow = (): boolean => useMedia('(max-width: 760px)');
