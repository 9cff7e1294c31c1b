import { fork, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { OperatorError } from '../operator-error.js';
import { backOffMs } from './back-off.js';
import type { ChildLog } from './child-log.js';
import { childMessage, type ChildFacts } from './messages.js';

export interface ProcessPlan {
  readonly name: string;
  /** The program's file. */
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: ChildLog;
  /** How long it may take to stop before it is killed. */
  readonly stopWithinMs: number;
  onSpawned(pid: number): void;
  onReady(facts: ChildFacts, pid: number): void;
  onEnded(): void;
  /** One line about something that went wrong and is being dealt with. */
  report(line: string): void;
}

/** A long-running child: its first start may fail, and after that it is restarted, with growing pauses, whatever ends it. */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private restart: NodeJS.Timeout | undefined;
  private stopping = false;
  private wasReady = false;
  private failures = 0;
  private complaint: string | undefined;

  constructor(private readonly plan: ProcessPlan) {}

  /** Resolves when the process is ready for the first time. @throws OperatorError when it ends before that */
  start(): Promise<void> {
    return new Promise((resolve, reject) => this.spawn(resolve, reject));
  }

  /** Closes the channel, which the child answers by stopping; kills it when its time is over. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restart);
    const { child } = this;
    if (child === undefined) return;
    if (child.connected) child.disconnect();
    const killer = setTimeout(() => child.kill('SIGKILL'), this.plan.stopWithinMs);
    await this.ended;
    clearTimeout(killer);
  }

  private spawn(firstReady: () => void, firstFailed: (error: Error) => void): void {
    const { plan } = this;
    const output = plan.log.open();
    const startedAt = Date.now();
    // A process group of its own: Ctrl-C reaches the supervisor alone, which then stops its children in order.
    const child = fork(plan.program, { env: plan.environment, stdio: ['ignore', output, output, 'ipc'], detached: true, execArgv: [] });
    fs.closeSync(output);
    this.child = child;
    let line: string | undefined;
    child.on('message', (message) => {
      const told = childMessage.parse(message);
      if (told.kind === 'failed') {
        line = told.line;
        return;
      }
      this.wasReady = true;
      this.complaint = undefined;
      plan.onReady(told.facts, child.pid as number);
      firstReady();
    });
    this.ended = new Promise((resolve) => {
      const end = (how: string): void => {
        if (this.child !== child) return;
        this.child = undefined;
        plan.onEnded();
        resolve();
        if (this.stopping) return;
        if (this.wasReady) this.restartLater(line ?? how, Date.now() - startedAt);
        else firstFailed(new OperatorError(line ?? `${plan.name} ended with ${how} before it was ready: ${plan.log.lastLine() ?? 'no word of it'} (${plan.log.file})`));
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => end(signal ?? `code ${code}`));
    });
    if (child.pid !== undefined) plan.onSpawned(child.pid);
  }

  private restartLater(why: string, ranForMs: number): void {
    this.failures = ranForMs > STEADY_MS ? 1 : this.failures + 1;
    const pauseMs = backOffMs(this.failures);
    if (why !== this.complaint) this.plan.report(`${this.plan.name} ended (${why}) and is started again; its log is ${this.plan.log.file}`);
    this.complaint = why;
    this.restart = setTimeout(() => {
      const attemptAtMs = Date.now();
      try {
        this.spawn(() => undefined, () => undefined);
      } catch (error) {
        this.restartLater(error instanceof Error ? error.message : String(error), Date.now() - attemptAtMs);
      }
    }, pauseMs);
  }
}

/** Who ran for so long did not fail at starting. */
const STEADY_MS = 30_000;
