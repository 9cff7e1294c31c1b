import { Interrupted } from '../operator-error.js';

export interface StopSignals {
  /** After the first SIGINT or SIGTERM: begin nothing new. */
  readonly stop: AbortSignal;
  /** After a second one, or when what was under way takes too long: cut it. */
  readonly cut: AbortSignal;
}

const graceMs = 10_000;

/** Turns SIGINT and SIGTERM of this process into abort signals whose reason is {@link Interrupted}. */
export function stopSignals(): StopSignals {
  const stop = new AbortController();
  const cut = new AbortController();
  const onSignal = (signal: 'SIGINT' | 'SIGTERM'): void => {
    const reason = new Interrupted(signal === 'SIGINT' ? 130 : 143);
    if (stop.signal.aborted) cut.abort(reason);
    stop.abort(reason);
    setTimeout(() => cut.abort(reason), graceMs).unref();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { stop: stop.signal, cut: cut.signal };
}
