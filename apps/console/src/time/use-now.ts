import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** The time in milliseconds, rounded down to the step. Renders its component again once a step: use it in leaves only. */
export const useNow = (stepMs = 1000): number =>
  useSyncExternalStore(
    subscribe,
    useCallback(() => Math.floor(Date.now() / stepMs) * stepMs, [stepMs]),
  );
