import { useEffect, useRef, useSyncExternalStore } from 'react';

const KEY = 'atrium.shortcuts';
const listeners = new Set<() => void>();

/** Single keys disturb some screen readers and input methods: whoever wants can do without (WCAG 2.1.4). */
const areOn = (): boolean => localStorage.getItem(KEY) !== 'off';

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => void listeners.delete(tell);
};

export const useShortcutsOn = () => {
  const on = useSyncExternalStore(subscribe, areOn);
  const turn = (next: boolean): void => {
    if (next) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'off');
    listeners.forEach((tell) => tell());
  };
  return { on, turn };
};

const TYPED_INTO = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="combobox"], [role="textbox"], [role="searchbox"]';
const OWN_KEYS = '[role="dialog"], [role="menu"], [role="listbox"]';

/** Whether a key is meant for the page rather than for what has the focus. */
export const isForPage = (event: Pick<KeyboardEvent, 'defaultPrevented' | 'isComposing' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>): boolean =>
  !event.defaultPrevented && !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey &&
  !(event.target instanceof Element && event.target.closest(`${TYPED_INTO}, ${OWN_KEYS}`) !== null);

/** What a key does on this page; answers false when it does nothing at the moment. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => boolean | void>>;

/** Keys by `KeyboardEvent.key`, while the component is there. */
export const useShortcuts = (shortcuts: Shortcuts): void => {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const act = latest.current[event.key];
      if (act === undefined || !areOn() || !isForPage(event)) return;
      if (act(event) !== false) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
};
