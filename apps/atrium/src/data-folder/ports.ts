import { z } from 'zod';
import { freePort } from '@atrium/embedded-postgres';
import { readIfThere, writePrivateFile } from './private-file.js';
import { parseJson } from './run-file.js';

const schema = z.object({ eventStore: z.number().int(), postgres: z.number().int() });

export type EnginePorts = z.output<typeof schema>;

/** The engines' ports of this folder: those of the last time where they are still free. `taken` is never chosen. */
export async function enginePorts(file: string, taken: number): Promise<EnginePorts> {
  const known = schema.safeParse(parseJson(readIfThere(file) ?? '')).data;
  const eventStore = await freePort(known?.eventStore, [taken]);
  const postgres = await freePort(known?.postgres, [taken, eventStore]);
  const ports = { eventStore, postgres };
  writePrivateFile(file, `${JSON.stringify(ports)}\n`);
  return ports;
}
