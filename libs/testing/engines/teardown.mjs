import fs from 'node:fs';

export default async function teardown() {
  const { folder, files, engines } = globalThis.atriumEngines;
  await Promise.all(engines.map((engine) => engine.stop()));
  for (const file of files) fs.rmSync(file, { force: true });
  fs.rmSync(folder, { recursive: true, force: true });
}
