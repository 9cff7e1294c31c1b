import fs from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number } }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface Share {
  readonly name: string;
  /** Of the time in which the program did anything. */
  readonly share: number;
}

const MODULES_SHOWN = 14;
const FUNCTIONS_SHOWN = 30;

/** Each profile of a folder in a few lines. */
export function profilesText(folder: string): string {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.cpuprofile')).sort();
  const shown = (shares: readonly Share[], count: number): string => shares.slice(0, count).map(({ name, share }) => `${(share * 100).toFixed(1).padStart(6)} %  ${name}`).join('\n');
  return files.map((name) => {
    const { busySeconds, modules, functions } = sharesOf(path.join(folder, name));
    return `${name}: ${busySeconds.toFixed(1)} s busy\n${shown(modules, MODULES_SHOWN)}\n${shown(functions, FUNCTIONS_SHOWN)}\n`;
  }).join('\n');
}

/** Where a program's time went, by npm package or folder of the repository, and by function: the largest first. */
export function sharesOf(file: string): { readonly busySeconds: number; readonly modules: readonly Share[]; readonly functions: readonly Share[] } {
  const { nodes, samples, timeDeltas } = JSON.parse(fs.readFileSync(file, 'utf8')) as CpuProfile;
  const byNode = new Map<number, number>();
  samples.forEach((id, index) => byNode.set(id, (byNode.get(id) ?? 0) + (timeDeltas[index] ?? 0)));
  const modules = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  const maps = new Map<string, SourceMap | undefined>();
  for (const { id, callFrame } of nodes) {
    const time = byNode.get(id) ?? 0;
    const { functionName, url, lineNumber, columnNumber } = callFrame;
    if (time === 0 || functionName === '(idle)') continue;
    busy += time;
    const where = moduleOf(sourceOf(url, lineNumber, columnNumber, maps));
    modules.set(where, (modules.get(where) ?? 0) + time);
    const name = `${functionName || '(anonymous)'} · ${where}`;
    functions.set(name, (functions.get(name) ?? 0) + time);
  }
  const largest = (times: ReadonlyMap<string, number>): Share[] => [...times].sort(([, a], [, b]) => b - a).map(([name, time]) => ({ name, share: time / busy }));
  return { busySeconds: busy / 1e6, modules: largest(modules), functions: largest(functions) };
}

/** The source of a place in a bundle, by the map beside it. */
function sourceOf(url: string, line: number, column: number, maps: Map<string, SourceMap | undefined>): string {
  if (!url.startsWith('file:')) return url;
  const file = fileURLToPath(url);
  if (!maps.has(file)) maps.set(file, fs.existsSync(`${file}.map`) ? new SourceMap(JSON.parse(fs.readFileSync(`${file}.map`, 'utf8')) as ConstructorParameters<typeof SourceMap>[0]) : undefined);
  const entry = maps.get(file)?.findEntry(line, column);
  return entry !== undefined && 'originalSource' in entry ? entry.originalSource : file;
}

/** `@grpc/grpc-js`, `libs/event-store`, `node:http2`, or what the engine does by itself. */
function moduleOf(source: string): string {
  const npm = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];
  if (npm !== undefined) return npm;
  const own = /(?:^|\/)((?:apps|libs)\/[^/]+(?:\/domain)?)\//.exec(source)?.[1];
  if (own !== undefined) return own;
  if (source === '') return 'V8 and Node natively';
  return source.startsWith('node:') ? source.split('/').slice(0, 2).join('/').replace('node:internal/', 'node:') : source;
}
