import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { CommandBus } from '@nestjs/cqrs';
import { connected, type RunnerStatus } from '@atrium/runners';
import { EventStoreUnavailable } from '@atrium/event-store';
import { Problem, type RequestHasher } from '@atrium/http';
import { complaintCommand } from '@atrium/tickets-domain';
import type { DataSource } from 'typeorm';
import { SendComplaintCommand } from '../../complaint/send-complaint-command.js';
import { findDueBreaches, type DueBreach, type Place } from './due-breaches.js';
import { EarlierTries, list } from './earlier-tries.js';

const POLL_MS = 1_000;
const BATCH = 200;
const IN_FLIGHT = 16;

/**
 * Looks for clocks whose time has run out and has the breach recorded, so that what follows from it has a cause. It
 * may die, repeat or come late: the decider asks the verdict, and no verdict asks the scheduler. Each round takes the
 * next page of what is due, whatever became of the page before.
 */
export class RecordBreachWhenClockDue {
  private readonly logger = new Logger('when-clock-due');
  private readonly stopping = new AbortController();
  private readonly tries = new EarlierTries();
  private running: Promise<void> | undefined;
  private halted: string | undefined;
  private place: Place | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Pick<CommandBus, 'execute'>,
    private readonly hash: RequestHasher,
    /** How the rows follow the log. */
    private readonly views: () => Pick<RunnerStatus, 'state' | 'position'>,
    private readonly pollMs = POLL_MS,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** When it resolves, no command of its own is under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Why it does not get on at the moment, or with which complaints. */
  get error(): string | undefined {
    return this.halted ?? this.tries.lastingFailures;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.report(await this.poll());
      await pause(this.pollMs, undefined, { signal }).catch(() => undefined); // Rejects only when it is to stop.
    }
  }

  /** Answers why there was no round, or none to its end. */
  private async poll(): Promise<string | undefined> {
    const { state, position } = this.views();
    if (state === 'degraded') return 'the read models do not follow the log';
    if (position === undefined) return undefined;
    try {
      await this.round(position);
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  /** @throws what concerns all complaints alike: PostgreSQL or the log is away */
  private async round(shown: bigint): Promise<void> {
    const { breaches, next } = await findDueBreaches(await connected(this.dataSource), new Date(), this.place, BATCH);
    if (this.place === undefined) this.tries.beginWalk();
    await this.recordAll(breaches.filter((breach) => !this.tries.rests(breach, shown, performance.now())));
    this.place = next;
  }

  /** A few at a time; settles when the last that was begun is over. */
  private async recordAll(breaches: readonly DueBreach[]): Promise<void> {
    const { signal } = this.stopping;
    const waiting = breaches.values();
    const fresh: { complaintId: string; reason: string }[] = [];
    let away: EventStoreUnavailable | undefined;
    const worker = async () => {
      for (const breach of waiting) {
        if (away || signal.aborted) return;
        const reason = await this.record(breach).catch((error: unknown) => {
          if (error instanceof EventStoreUnavailable) away = error;
          return reasonOf(error);
        });
        if (away) return;
        if (reason !== undefined && this.tries.failed(breach, reason, performance.now()) === 1) fresh.push({ complaintId: breach.complaintId, reason });
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    if (fresh.length > 0) this.logger.warn(`breaches could not be recorded and are tried again: ${list(fresh)}`);
    if (away) throw away;
  }

  /** Answers why it was refused. */
  private async record(breach: DueBreach): Promise<string | undefined> {
    const { complaintId, mallId, clockId, dueAt, commandId } = breach;
    const definition = complaintCommand('RecordBreach');
    const outcome = await this.commands.execute(new SendComplaintCommand({
      definition,
      complaintId,
      data: { clockId },
      identity: {
        commandId, requestHash: this.hash(definition.type, complaintId, clockId, dueAt), correlationId: commandId, actor: { id: 'system', role: 'system' }, mallId,
      },
    }));
    if (outcome.kind === 'refused') return outcome.refusal.refused;
    this.tries.answered(breach, outcome.position);
    return undefined;
  }

  private report(reason: string | undefined): void {
    if (reason !== undefined && this.halted !== reason) this.logger.warn(`clocks are not watched for the moment: ${reason}`);
    this.halted = reason;
  }
}

/** Messages of errors may hold what a complaint says; their classes and codes do not. */
const reasonOf = (error: unknown): string =>
  (error instanceof Problem ? error.details.code : error instanceof Error ? error.name : 'an error');
