import { z } from 'zod';

/** What a child tells its supervisor. The other way there is one message only: the channel closes, and the child stops. */
export const childMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), facts: z.record(z.string(), z.union([z.string(), z.number()])) }),
  z.object({ kind: z.literal('failed'), line: z.string() }),
]);

export type ChildMessage = z.output<typeof childMessage>;
export type ChildFacts = Extract<ChildMessage, { kind: 'ready' }>['facts'];
