import { Interrupted } from '../operator-error.js';

export interface StopSignals {
  /** After the first SIGINT or SIGTERM: begin nothing new. */
  readonly stop: AbortSignal;
  /** After a second one, or when what was under way takes too long: cut it. */
  readonly cut: AbortSignal;
}

const graceMs = 10_000;
/** npm passes Ctrl-C on to what the terminal has told already. */
const echoMs = 1_000;

/** Turns SIGINT and SIGTERM of this process into abort signals whose reason is {@link Interrupted}. */
export function stopSignals(): StopSignals {
  const stop = new AbortController();
  const cut = new AbortController();
  let firstAt: number | undefined;
  const onSignal = (signal: 'SIGINT' | 'SIGTERM'): void => {
    const reason = new Interrupted(signal === 'SIGINT' ? 130 : 143);
    if (firstAt === undefined) {
      firstAt = performance.now();
      stop.abort(reason);
      setTimeout(() => cut.abort(reason), graceMs).unref();
    } else if (performance.now() - firstAt > echoMs) {
      cut.abort(reason);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { stop: stop.signal, cut: cut.signal };
}
