import type { ChildFacts, ChildMessage } from './messages.js';

export interface Serving {
  readonly facts: ChildFacts;
  /** Resolves with a line when what is served has ended by itself. */
  readonly ended?: Promise<string>;
  stop(): Promise<void>;
}

/**
 * The life of a supervised process: starts, says so, and stops when its channel to the supervisor closes, whoever
 * closed it. @param explain makes the operator's line of an error that was foreseen
 */
export function serveSupervisor(start: () => Promise<Serving>, explain: (error: unknown) => string | undefined): void {
  if (process.send === undefined) {
    process.stderr.write('This program is a part of Atrium and is started by it: npm start\n');
    process.exit(2);
  }
  const serving = start();
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    serving.then(({ stop }) => stop()).then(() => process.exit(0), fail);
  };
  const leave = (line: string, written = line): void => {
    process.stderr.write(`${written}\n`);
    tell({ kind: 'failed', line }, () => process.exit(1));
  };
  const fail = (error: unknown): void => {
    const line = explain(error);
    if (line !== undefined) leave(line);
    else if (error instanceof Error) leave(error.message, error.stack);
    else leave(String(error));
  };
  process.once('disconnect', end);
  // The channel may have closed before this line was reached.
  if (!process.connected) end();
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  serving.then(({ facts, ended }) => {
    tell({ kind: 'ready', facts });
    void ended?.then((line) => { if (!stopping) leave(line); });
  }, fail);
}

function tell(message: ChildMessage, told: () => void = () => undefined): void {
  if (process.connected) process.send?.(message, undefined, undefined, told);
  else told();
}
