import fs from 'node:fs';

export default async function teardown() {
  const { folder, engines } = globalThis.atriumEngines;
  await Promise.all(engines.map((engine) => engine.stop()));
  fs.rmSync(folder, { recursive: true, force: true });
}
