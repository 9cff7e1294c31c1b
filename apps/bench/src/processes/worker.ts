import { fork, type ChildProcess } from 'node:child_process';
import type { Answer, Tasks } from './serve-tasks.js';

const STOP_WITHIN_MS = 10_000;

/** A process of ours that does one task at a time. */
export class Worker<Known extends Tasks> {
  private constructor(private readonly child: ChildProcess, private readonly file: string) {}

  /** @throws when it ends before it is ready */
  static async start<Known extends Tasks>(file: string, args: readonly string[], nodeOptions: readonly string[]): Promise<Worker<Known>> {
    const child = fork(file, [...args], { execArgv: [...nodeOptions], serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const worker = new Worker<Known>(child, file);
    await worker.answer();
    return worker;
  }

  /** @throws with what the task threw */
  async run<Name extends keyof Known & string>(task: Name, input: Parameters<Known[Name]>[0]): Promise<Awaited<ReturnType<Known[Name]>>> {
    this.child.send({ task, input });
    return await this.answer() as Awaited<ReturnType<Known[Name]>>;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.connected) this.child.disconnect();
    const impatience = setTimeout(() => this.child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(impatience);
  }

  private answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null, signal: string | null): void => {
        this.child.off('message', answered);
        reject(new Error(`${this.file} ended with ${code ?? signal}`));
      };
      const answered = (message: Answer): void => {
        this.child.off('exit', ended);
        if ('error' in message) reject(new Error(`${this.file}: ${message.error}`));
        else resolve(message.value);
      };
      this.child.once('message', answered as (message: unknown) => void);
      this.child.once('exit', ended);
    });
  }
}
