import { spawn, type ChildProcess } from 'node:child_process';
import { finished } from 'node:stream/promises';

const STOP_WITHIN_MS = 20_000;

/** A built program of ours in a process of its own. */
export class Program {
  private said = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => { this.said = (this.said + text.toString()).slice(-100_000); });
  }

  static start(file: string, args: readonly string[], environment: Readonly<Record<string, string>>, nodeOptions: readonly string[] = []): Program {
    const { ATRIUM_URL: _url, ATRIUM_TOKEN: _token, NODE_OPTIONS: _options, ...inherited } = process.env;
    return new Program(spawn(process.execPath, [...nodeOptions, file, ...args], { env: { ...inherited, ...environment }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }));
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The end of what it printed. */
  get output(): string {
    return this.said;
  }

  /** The first message for which `accepts` has an answer. @throws when it ends before */
  message<T>(accepts: (message: unknown) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      this.child.on('message', (message) => {
        const taken = accepts(message);
        if (taken !== undefined) resolve(taken);
      });
      this.child.once('exit', () => reject(new Error(`It ended:\n${this.said}`)));
    });
  }

  /** What it prints, when it ends well. @throws otherwise */
  async toItsEnd(): Promise<string> {
    const ended = this.hasEnded ? Promise.resolve() : new Promise<void>((resolve) => this.child.once('close', () => resolve()));
    await Promise.all([ended, ...[this.child.stdout, this.child.stderr].map((stream) => (stream === null ? undefined : finished(stream)))]);
    if (this.child.exitCode !== 0) throw new Error(`It ended with ${this.child.exitCode ?? this.child.signalCode}:\n${this.said}`);
    return this.said;
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    const impatience = setTimeout(() => this.child.kill('SIGKILL'), STOP_WITHIN_MS);
    this.child.kill('SIGTERM');
    await ended;
    clearTimeout(impatience);
  }
}
