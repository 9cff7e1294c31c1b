import { z } from 'zod';

/** A setting that stops the start; the message is one line for the operator. */
export class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment';
}

/** Reads a service's settings from environment variables; one that is set to nothing counts as not set. @throws InvalidEnvironment naming each bad variable, never its value */
export function parseEnvironment<Schema extends z.ZodType>(schema: Schema, environment: NodeJS.ProcessEnv): z.output<Schema> {
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== '')));
  if (parsed.success) return parsed.data;
  throw new InvalidEnvironment(`Bad settings: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message.endsWith('received undefined') ? 'must be set' : message}`).join('; ')}`);
}
