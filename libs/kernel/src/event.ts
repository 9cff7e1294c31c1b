/**
 * A fact, as a decider states it. `type` is an explicit string that never changes once written; `occurredAt` is
 * business time (ISO 8601, UTC, milliseconds), which may lie before the time it was recorded.
 */
export interface Event<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  readonly occurredAt: string;
}
