import type { RefObject } from 'react';
import { useShortcuts } from '../../app/shortcuts.js';

const ROWS = '.row-link';
const SEARCH = 'input[type="search"]';

/** Moves the focus among the rows' links; from elsewhere, to the first row in sight. Answers false where there is none. */
const move = (container: HTMLElement | null, by: 1 | -1): boolean => {
  const links = [...(container?.querySelectorAll<HTMLElement>(ROWS) ?? [])];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = at >= 0 ? links[at + by] : (links.find((link) => link.getBoundingClientRect().top >= 0) ?? links[0]);
  // The reader did this by key, so that the place is shown as for Tab.
  next?.focus({ focusVisible: true } as FocusOptions);
  return links.length > 0;
};

/** Arrows scroll the page unless a row has the focus already. */
const moveFromRow = (container: HTMLElement | null, by: 1 | -1): boolean =>
  document.activeElement?.matches(ROWS) === true && container?.contains(document.activeElement) === true && move(container, by);

/** The keys of a list of cases; Enter on a row is the link's own. */
export const useRowKeys = (container: RefObject<HTMLElement | null>, showNews: (() => void) | undefined): void =>
  useShortcuts({
    '/': () => {
      const field = container.current?.querySelector<HTMLInputElement>(SEARCH);
      field?.focus();
      field?.select();
    },
    j: () => move(container.current, 1),
    k: () => move(container.current, -1),
    ArrowDown: () => moveFromRow(container.current, 1),
    ArrowUp: () => moveFromRow(container.current, -1),
    '.': () => {
      if (showNews === undefined) return false;
      showNews();
      return true;
    },
  });
