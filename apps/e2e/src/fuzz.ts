// npm run test:fuzz -- --minutes M --seed S
// Sends a running system of its own what nobody would: schemathesis by the document of the API, under several roles, and
// odd bytes to the front. Prints what was found; exits 1 on a finding, an internal that an answer or a log tells, or an
// error nobody foresaw.
import { parseArgs } from 'node:util';
import { probeFront } from './fuzz/front-probes.js';
import { faultsInLogs } from './fuzz/logs.js';
import { installSchemathesis, runSchemathesis } from './fuzz/schemathesis.js';
import { RunningSystem } from './running-system.js';

/** Who asks, and for how much of the time: those who may do most, longest. */
const SHARES = { supervisor: 0.45, integration: 0.3, agent: 0.15, auditor: 0.1 } as const;

const { values } = parseArgs({ options: { seed: { type: 'string', default: String(Date.now() % 1_000_000) }, minutes: { type: 'string', default: '3' } } });
const [seed, minutes] = [Number(values.seed), Number(values.minutes)];
if (!Number.isSafeInteger(seed) || seed < 0 || !(minutes >= 0.5 && minutes <= 600)) {
  console.error('Usage: npm run test:fuzz -- [--seed 1] [--minutes 3]');
  process.exit(2);
}

console.log(`Seed ${seed}, ${minutes} minutes: npm run test:fuzz -- --seed ${seed} --minutes ${minutes}`);
const program = installSchemathesis();
const canary = `k4n4r1-${seed}`;
Object.assign(process.env, { ATRIUM_RATE_LIMIT: '0', ATRIUM_RATE_LIMIT_INTEGRATION: '0', ATRIUM_RATE_LIMIT_UNKNOWN: '0' });
const system = await RunningSystem.start();
const found: string[] = [];
try {
  for (const [role, share] of Object.entries(SHARES)) {
    const { passed, summary } = await runSchemathesis({ program, url: system.url, token: await system.token(role), seed, seconds: Math.round(minutes * 60 * share), canary });
    console.log(`${role}: ${summary}`);
    if (!passed) found.push(`schemathesis has findings as ${role} (above)`);
  }
  const { sent, faults } = await probeFront(system.url, seed);
  console.log(`front: ${sent} requests, ${faults.length} findings`);
  found.push(...faults);
  const health = await fetch(`${system.url}/health/ready`);
  if (health.status !== 200) found.push(`The system is not ready afterwards: ${await health.text()}`);
  console.log((await system.reconcile()).trim().split('\n').at(-1));
  await system.end();
  found.push(...faultsInLogs(system.logs(), canary));
} finally {
  await system.stop();
}
for (const fault of found) console.error(`FOUND ${fault}`);
console.log(found.length === 0 ? `Nothing was found (seed ${seed}).` : `${found.length} findings (seed ${seed}).`);
process.exit(found.length === 0 ? 0 : 1);
