import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { CommandBus } from '@nestjs/cqrs';
import { connected } from '@atrium/runners';
import { derivedId, type RequestHasher } from '@atrium/http';
import { complaintCommand } from '@atrium/tickets-domain';
import { LessThanOrEqual, type DataSource } from 'typeorm';
import { SendComplaintCommand } from '../../complaint/send-complaint-command.js';
import { ComplaintEntity, type ComplaintRow } from '../../views/complaints/complaints.entity.js';

const POLL_MS = 1_000;
const BATCH = 200;
const IN_FLIGHT = 16;

/**
 * Looks for clocks whose time has run out and has the breach recorded, so that what follows from it has a cause. It
 * may die, repeat or come late: the decider asks the verdict, and no verdict asks the scheduler.
 */
export class RecordBreachWhenClockDue {
  private readonly logger = new Logger('when-clock-due');
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private failure: string | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandBus,
    private readonly hash: RequestHasher,
    /** Whether there are rows to look at. */
    private readonly hasViews: () => boolean,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Why it does not get on at the moment. */
  get error(): string | undefined {
    return this.failure;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      if (this.hasViews()) await this.round().then(() => { this.failure = undefined; }, (error: unknown) => this.report(error));
      await pause(POLL_MS, undefined, { signal }).catch(() => undefined); // Rejects only when it is to stop.
    }
  }

  private async round(): Promise<void> {
    const { signal } = this.stopping;
    const now = new Date();
    const due = await (await connected(this.dataSource)).getRepository(ComplaintEntity)
      .find({ where: { nextBreachAt: LessThanOrEqual(now) }, order: { nextBreachAt: 'ASC' }, take: BATCH });
    const breaches = due.flatMap((row) => this.dueClocks(row).map((clockId) => ({ row, clockId })));
    let next = 0;
    const worker = async () => {
      while (next < breaches.length && !signal.aborted) {
        const { row, clockId } = breaches[next++] as (typeof breaches)[number];
        await this.record(row, clockId);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  }

  /** The decider asks the verdict of each; naming one too many does nothing. */
  private dueClocks({ clocks, breachesNoticed }: ComplaintRow): string[] {
    return clocks.known.filter(({ clockId, stoppedAt }) => stoppedAt === undefined && !breachesNoticed.includes(clockId)).map(({ clockId }) => clockId);
  }

  private async record({ id, mallId }: ComplaintRow, clockId: string): Promise<void> {
    const definition = complaintCommand('RecordBreach');
    const commandId = derivedId(id, `breach of ${clockId}`);
    await this.commands.execute(new SendComplaintCommand({
      definition,
      complaintId: id,
      data: { clockId },
      identity: { commandId, requestHash: this.hash(definition.type, id, clockId), correlationId: commandId, actor: { id: 'system', role: 'system' }, mallId },
    }));
  }

  private report(error: unknown): void {
    const message = error instanceof Error ? error.name : 'an error';
    if (this.failure !== message) this.logger.warn(`clocks are not watched for the moment: ${message}`);
    this.failure = message;
  }
}
