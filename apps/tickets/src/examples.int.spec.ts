import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import httpyac, { type EnvironmentConfig, type HttpRegion } from 'httpyac';
import { startTickets, type RunningTickets } from './spec-support/running-tickets.js';

const folder = path.resolve(import.meta.dirname, '../../../docs/examples');
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.http'));
const { default: config } = await import(path.join(folder, 'httpyac.config.cjs')) as { default: EnvironmentConfig };

/** `### Register a complaint → 201`: what an example does, and which status it is answered with. */
const TITLE = /^(.+) → (\d{3})$/;

await httpyac.cli.initIOProvider();

describe('the examples of requests', () => {
  let tickets: RunningTickets;
  let host: string;

  beforeAll(async () => {
    tickets = await startTickets();
    await tickets.service.app.listen(0, '127.0.0.1');
    host = `http://127.0.0.1:${(tickets.service.app.getHttpServer().address() as AddressInfo).port}`;
  }, 60_000);
  afterAll(() => tickets.stop());

  /** The file as a reader has it once the address and the tokens are filled in. */
  const filledIn = async (file: string): Promise<string> => {
    const lines = fs.readFileSync(path.join(folder, file), 'utf8').split('\n');
    return (await Promise.all(lines.map(async (line) => {
      const [, role] = /^@([\w-]+) = paste-a-token-here$/.exec(line) ?? [];
      if (role !== undefined) return `@${role} = ${await tickets.token(role)}`;
      return line.startsWith('@host = ') ? `@host = ${host}` : line;
    }))).join('\n');
  };

  it('are there', () => {
    expect(files.sort()).toEqual(['import.http', 'life-of-a-complaint.http', 'lists-and-live.http', 'refusals-and-repeats.http']);
  });

  it.each(files)('are answered as they say: %s', async (file) => {
    const httpFile = await new httpyac.store.HttpFileStore().parse(path.join(folder, file), await filledIn(file), { config, workingDir: folder });
    const variables = {};
    for (const httpRegion of httpFile.httpRegions) {
      if (httpRegion.request === undefined) continue;
      const { title = '', name } = httpRegion.metaData as { title?: string; name?: string };
      const [, what, expected] = TITLE.exec(title) ?? [];
      expect({ title, what, expected }).toEqual({ title, what: expect.any(String), expected: expect.any(String) });
      const status = name === 'live' ? await statusOfStream(String(httpRegion.request.url), String(httpRegion.request.headers?.['Authorization'])) : await statusOf(httpRegion);
      expect({ what, status }).toEqual({ what, status: Number(expected) });
    }

    async function statusOf(httpRegion: HttpRegion): Promise<number | undefined> {
      let status: number | undefined;
      await httpyac.send({ httpFile, httpRegion, config, variables, logResponse: async (response) => { status = response?.statusCode; } });
      return status;
    }
  });

  /** An answer without an end: it is left after its first event. */
  async function statusOfStream(url: string, authorization: string): Promise<number> {
    const token = await tickets.token('supervisor');
    const answer = await fetch(url.replace('{{host}}', host), { headers: { authorization: authorization.replace('{{supervisor}}', token) } });
    const { value } = await (answer.body as ReadableStream<Uint8Array>).getReader().read();
    expect(new TextDecoder().decode(value)).toContain('event: position');
    return answer.status;
  }
});
