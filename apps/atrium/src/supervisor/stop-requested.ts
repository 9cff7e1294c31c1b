/**
 * Resolves when this process shall stop: by a signal, or because the program that started it with a channel closed that.
 * Further signals change nothing: a terminal and npm both send Ctrl-C, and stopping is bounded.
 */
export const stopRequested = (): Promise<void> => new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  process.once('disconnect', () => resolve());
});
