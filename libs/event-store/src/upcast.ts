/** Makes the data of one schema version from the data of the version before it. Pure. */
export type Upcast = (data: unknown) => unknown;

/** Per event type, the steps from schema version 1 onwards: the first step makes version 2. */
export type Upcasts = Readonly<Record<string, readonly Upcast[]>>;

/** The current version of each type, and old data brought up to it. */
export function upcaster(upcasts: Upcasts) {
  const steps = new Map(Object.entries(upcasts));
  return {
    /** Version 1 plus one for each step. */
    currentVersion: (type: string): number => 1 + (steps.get(type)?.length ?? 0),
    /** @throws RangeError when the event was written by a newer program than this. */
    toCurrent(type: string, version: number, data: unknown): unknown {
      const chain = steps.get(type) ?? [];
      if (!Number.isInteger(version) || version < 1 || version > chain.length + 1) {
        throw new RangeError(`${type} has schema version ${version}; this program knows 1 to ${chain.length + 1}`);
      }
      return chain.slice(version - 1).reduce((current, step) => step(current), data);
    },
  };
}
