/**
 * A decision not to act. `conflict`: the command is not possible in this state (409); `invalid`: it never is with
 * this content (422). `allowed` lists the commands that are possible now. A refusal is never stored.
 */
export interface Refusal<Code extends string = string> {
  readonly refused: Code;
  readonly kind: 'conflict' | 'invalid';
  readonly detail: string;
  readonly allowed?: readonly string[];
}

export const refuse = <Code extends string>(refusal: Refusal<Code>): Refusal<Code> => refusal;

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value && 'kind' in value;
