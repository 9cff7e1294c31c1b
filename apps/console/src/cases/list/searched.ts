/**
 * What is searched for is often a customer's name or phone: on a shared computer it must not stay in the browser's history.
 * It lives in the memory of the tab alone; a history entry holds a sign for it that says nothing once the page is left or reloaded.
 */
export const createSearched = (newSign: () => string) => {
  const texts = new Map<string, string>();
  const signs = new Map<string, string>();
  return {
    /** What a history entry of a list of these words holds. */
    stateOf: (text: string | undefined): { readonly searched: string } | undefined => {
      if (text === undefined || text === '') return undefined;
      const sign = signs.get(text) ?? newSign();
      signs.set(text, sign);
      texts.set(sign, text);
      return { searched: sign };
    },
    /** `lost`: there were words, which nobody knows any more. */
    at: (state: unknown): { readonly q?: string; readonly lost: boolean } => {
      if (typeof state !== 'object' || state === null || !('searched' in state) || typeof state.searched !== 'string') return { lost: false };
      const q = texts.get(state.searched);
      return q === undefined ? { lost: true } : { q, lost: false };
    },
    /** For the next person at this tab. */
    forget: (): void => {
      texts.clear();
      signs.clear();
    },
  };
};

export const searched = createSearched(() => crypto.randomUUID());
