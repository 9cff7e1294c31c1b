import os from 'node:os';

export interface Machine {
  readonly processors: number;
  readonly model: string;
  readonly memoryGB: number;
  readonly system: string;
  readonly node: string;
}

export const machine = (): Machine => ({
  processors: os.cpus().length,
  model: os.cpus()[0]?.model.trim() ?? 'unknown',
  memoryGB: Math.round(os.totalmem() / 1e9),
  system: `${os.type()} ${os.release().split('-', 1)[0]}`,
  node: process.version,
});
