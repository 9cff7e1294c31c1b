/**
 * Up to where answers must reach: the reader's own last command, or what the live stream last announced. Positions cannot
 * be compared here, so that an own one is asked for until an answer has it; what is announced afterwards is never less.
 */
export const createKnownPosition = () => {
  let own: string | undefined;
  let announced: string | undefined;
  return {
    /** What to send as `after` with a query. */
    after: (): string | undefined => own ?? announced,
    announce: (position: string | null): void => { announced = position ?? undefined; },
    /** The reader's own command was written here. */
    wrote: (position: string | undefined): void => { own = position ?? own; },
    /** An answer came that holds everything up to there. */
    reached: (position: string | undefined): void => { if (own === position) own = undefined; },
    forget: (): void => { own = announced = undefined; },
  };
};

export type KnownPosition = ReturnType<typeof createKnownPosition>;
