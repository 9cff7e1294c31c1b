import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inRepository } from '../repository.js';

const here = inRepository('apps/e2e/src/fuzz');
const environment = inRepository('node_modules/.cache/fuzz');
const requirements = path.join(here, 'requirements.txt');

/** An environment of Python with the versions of requirements.txt, made once. Returns the program. */
export function installSchemathesis(): string {
  // With its place, which the programs in it know: what was copied or moved with the checkout does not run.
  const wanted = `${environment}\n${fs.readFileSync(requirements, 'utf8')}`;
  const installed = path.join(environment, 'installed.txt');
  const program = path.join(environment, 'venv/bin/schemathesis');
  if (fs.existsSync(installed) && fs.readFileSync(installed, 'utf8') === wanted) return program;
  fs.rmSync(environment, { recursive: true, force: true });
  fs.mkdirSync(environment, { recursive: true });
  run('python3', ['-m', 'venv', path.join(environment, 'venv')]);
  run(path.join(environment, 'venv/bin/pip'), ['install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]);
  fs.writeFileSync(installed, wanted);
  return program;
}

function run(program: string, args: readonly string[]): void {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit' });
  if (status === 0) return;
  console.error(`${program} ${args.slice(0, 2).join(' ')} failed${error === undefined ? '' : `: ${error.message}`}. Python 3 with its module venv is needed (Debian: apt-get install python3-venv).`);
  process.exit(2);
}

interface Fuzzing {
  readonly program: string;
  readonly url: string;
  readonly token: string;
  readonly seed: number;
  readonly seconds: number;
  readonly canary: string;
}

/** Runs it for so long, its findings on our output. `summary` says in a line how much it tried. */
export async function runSchemathesis({ program, url, token, seed, seconds, canary }: Fuzzing): Promise<{ passed: boolean; summary: string }> {
  const report = path.join(environment, 'report.json');
  fs.rmSync(report, { force: true });
  const args = [
    '--config-file', path.join(here, 'schemathesis.toml'), 'run', `${url}/docs/openapi.json`, '--url', url, '--seed', String(seed), '--max-time', String(seconds), '--workers', '2', '--request-timeout', '20',
    '--continue-on-failure', '--no-color', '--warnings', 'off', '--generation-database', ':memory:', '--report', 'json', '--report-json-path', report,
  ];
  const child = spawn(program, args, {
    cwd: environment, stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: here, PYTHONDONTWRITEBYTECODE: '1', ATRIUM_FUZZ_TOKEN: token, ATRIUM_FUZZ_SEED: String(seed), ATRIUM_FUZZ_CANARY: canary },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { output += text; });
  const status = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (status !== 0) process.stdout.write(output);
  if (!fs.existsSync(report)) return { passed: false, summary: 'it wrote no report' };
  const { operations, test_cases: cases, failures, errors } = JSON.parse(fs.readFileSync(report, 'utf8')) as { operations: Counts; test_cases: Counts; failures: unknown[]; errors: unknown[] };
  const [requests, routes] = [cases['generated'] ?? 0, operations['tested'] ?? 0];
  return { passed: status === 0 && requests > 0 && routes > 0, summary: `${requests} requests to ${routes} routes, ${failures.length} findings, ${errors.length} errors` };
}

type Counts = Readonly<Record<string, number>>;
