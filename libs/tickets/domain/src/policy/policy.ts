import type { ClockMode, ClockName } from '../clock/facts.js';

export type WaitingParty = 'customer' | 'merchant';

/** The deadlines of a mall as data. A clock keeps the policy it started under; a version never changes. */
export interface Policy {
  readonly version: string;
  /** From registration to the first acknowledgement; absent where none is asked for. */
  readonly acknowledge?: { readonly mode: ClockMode; readonly limitMs: number };
  readonly promisedTime: {
    readonly mode: ClockMode;
    /** Takes times as they stand, being another system's: a promised time even before the case's opening, a reopening by when it was. */
    readonly asItStands: boolean;
  };
  /** The clocks that stand still while somebody is waited for. */
  readonly pauses: Readonly<Record<WaitingParty, readonly ClockName[]>>;
  /** How long after resolution or closing a case may be taken up again. */
  readonly reopenWithinMs: number;
}
