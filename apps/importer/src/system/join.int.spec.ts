import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, jwtVerify, type CryptoKey } from 'jose';
import { Interrupted, OperatorError } from '../operator-error.js';
import { refuse, ScriptedPeer } from '../sending/scripted-peer.fixture.js';
import { joinSystem, type Joining } from './join.js';

let folder: string;
let publicKey: CryptoKey;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'atrium-join-'));
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  publicKey = pair.publicKey;
  await mkdir(path.join(folder, 'issuer'));
  await writeFile(path.join(folder, 'issuer', 'key.json'), JSON.stringify({ ...(await exportJWK(pair.privateKey)), kid: 'k1' }));
});
afterEach(() => rm(folder, { recursive: true }));

const joining = (changes: Partial<Joining> = {}): Joining => ({
  dataFolder: folder, script: path.join(folder, 'main.mjs'), signal: new AbortController().signal, onStart: () => undefined, ...changes,
});

const runs = (url: string, pid = process.pid): Promise<void> =>
  writeFile(path.join(folder, 'run.json'), JSON.stringify({ version: 1, pid, startedAt: '2024-01-01T00:00:00.000Z', url, host: { pid } }));

/** A system's process as the importer knows it: it says where it answers and ends when its channel closes. */
const script = (lines: string): Promise<void> => writeFile(path.join(folder, 'main.mjs'), lines);

async function untilItFails(attempt: () => Promise<unknown>): Promise<() => never> {
  for (;;) {
    try {
      await attempt();
    } catch (error) {
      return () => {
        throw error;
      };
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('joining a system', () => {
  it('that was named takes its address and token as they are', async () => {
    const system = await joinSystem(joining({ url: 'https://atrium.example', token: 't' }));
    expect([await system.url(), system.token]).toEqual(['https://atrium.example', 't']);
  });

  it('that was named needs a token', async () => {
    await expect(joinSystem(joining({ url: 'https://atrium.example' }))).rejects.toThrow(/ATRIUM_TOKEN/);
  });

  it('that runs on the data folder signs a token of 12 h with the key that lies there', async () => {
    await using peer = await ScriptedPeer.start();
    await runs(peer.url);
    const system = await joinSystem(joining());
    expect(await system.url()).toBe(peer.url);
    const { payload, protectedHeader } = await jwtVerify(system.token, publicKey, { issuer: 'atrium-builtin', audience: 'atrium' });
    expect(payload).toMatchObject({ sub: 'importer', role: 'integration' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(12 * 3_600);
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: 'k1' });
    expect(peer.asked.map(({ path: asked }) => asked)).toEqual(['/health/ready']);
  });

  it('that was restarted elsewhere follows it', async () => {
    await using peer = await ScriptedPeer.start();
    await runs(peer.url);
    const system = await joinSystem(joining());
    await runs('http://127.0.0.1:1');
    expect(await system.url()).toBe('http://127.0.0.1:1');
    await writeFile(path.join(folder, 'run.json'), '{"vers');
    expect(await system.url()).toBe('http://127.0.0.1:1');
    await rm(path.join(folder, 'run.json'));
    expect(await system.url()).toBe('http://127.0.0.1:1');
  });

  it('that is not ready yet waits for it', async () => {
    await using peer = await ScriptedPeer.start([refuse(503), refuse(503)]);
    await runs(peer.url);
    await joinSystem(joining());
    expect(peer.asked).toHaveLength(3);
  });

  it('without a key says what to give instead', async () => {
    await using peer = await ScriptedPeer.start();
    await runs(peer.url);
    await rm(path.join(folder, 'issuer'), { recursive: true });
    await expect(joinSystem(joining())).rejects.toThrow(/key\.json is missing: give a token of your issuer in ATRIUM_TOKEN/);
  });

  it('with a run file of another kind is an error of one line', async () => {
    await writeFile(path.join(folder, 'run.json'), '{"version":2}');
    await expect(joinSystem(joining())).rejects.toThrow(`${path.join(folder, 'run.json')} is not a run file that this importer understands.`);
  });
});

describe('where none runs', () => {
  const ready = `process.send({ ready: true, url: 'http://127.0.0.1:9/' + process.env.ATRIUM_PORT + process.env.ATRIUM_DATA });`;

  it.each([
    ['no run file', () => Promise.resolve()],
    ['the run file of a process that is gone', () => runs('http://127.0.0.1:1', 2 ** 22 + 1)],
  ])('with %s one is started on the folder at a free port, and ends with the channel', async (_what, prepare) => {
    await prepare();
    await script(`${ready} process.on('disconnect', () => process.exit(0));`);
    const system = await joinSystem(joining());
    expect(await system.url()).toBe(`http://127.0.0.1:9/0${folder}`);
    await system.stop();
    await expect(system.url()).rejects.toThrow('The system has ended: it ended with 0');
  });

  it('its last words are the reason when it does not start', async () => {
    await script(`console.error('first'); console.error('The port 3000 is taken.'); process.exitCode = 1; process.disconnect();`);
    await expect(joinSystem(joining())).rejects.toThrow(new OperatorError('The system did not start: The port 3000 is taken.'));
  });

  it('its last words are the reason when it ends in the middle', async () => {
    await script(`${ready} process.on('message', () => undefined); setImmediate(() => { console.error('Out of disk.'); process.exit(3); });`);
    const system = await joinSystem(joining());
    expect(await untilItFails(() => system.url())).toThrow('The system has ended: Out of disk.');
  });

  it('a script that is not built is named', async () => {
    await expect(joinSystem(joining())).rejects.toThrow(/main\.mjs is missing: run "npm run build" first/);
  });

  it('an interruption ends the start and the process', async () => {
    const stop = new AbortController();
    await script(`process.stderr.write('up'); setInterval(() => undefined, 1000); process.on('disconnect', () => process.exit(0));`);
    const start = joinSystem(joining({ signal: stop.signal, onStart: () => setImmediate(() => stop.abort(new Interrupted(130))) }));
    await expect(start).rejects.toThrow(Interrupted);
  });
});
