import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import type { DataSource } from 'typeorm';
import { EventStore } from '@atrium/event-store';
import { createRequestHasher } from '@atrium/http';
import { openEvents, type KeyVault } from '@atrium/personal-data';
import { ProjectionRunner } from '@atrium/runners';
import { ComplaintController } from './complaint/complaint.controller.js';
import { ComplaintHandler } from './complaint/complaint.handler.js';
import { ImportController } from './import/import.controller.js';
import { ImportRows } from './import/import-rows.js';
import { ChangeFeed } from './live/change-feed.js';
import { LiveController } from './live/live.controller.js';
import { LiveStreams } from './live/live-streams.js';
import { Hashing, Sealing, Views } from './ports.js';
import { RecordBreachWhenClockDue } from './reactions/when-clock-due/record-breach.js';
import { ReferenceController } from './system/reference.controller.js';
import { RunnersController } from './system/runners.controller.js';
import { TicketsViews } from './tickets-views.js';
import { TotalsController } from './totals/totals.controller.js';
import { VaultSealer } from './vault-sealer.js';
import { ComplaintViewsController } from './views/complaints/complaints.controller.js';
import { complaints } from './views/complaints/complaints.projection.js';
import { complaintTimeline } from './views/complaint-timeline/complaint-timeline.projection.js';

/** The engines a service works on. */
export interface TicketsEngines {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly vault: KeyVault;
  /** Keys the hashes of requests. */
  readonly secret: Buffer;
}

/** The only place where ports meet adapters. */
@Module({})
export class TicketsModule {
  static with({ store, dataSource, vault, secret }: TicketsEngines): DynamicModule {
    const hash = createRequestHasher(secret);
    const runner = new ProjectionRunner({
      name: 'tickets-views',
      dataSource,
      source: store,
      projections: [complaints, complaintTimeline],
      prepare: (events) => openEvents(vault, events, 'tickets read models'),
    });
    return {
      module: TicketsModule,
      imports: [CqrsModule.forRoot()],
      controllers: [ComplaintController, ComplaintViewsController, ImportController, TotalsController, RunnersController, ReferenceController, LiveController],
      providers: [
        ComplaintHandler,
        ImportRows,
        { provide: EventStore, useValue: store },
        { provide: Sealing, useValue: { sealer: new VaultSealer(vault) } },
        { provide: Hashing, useValue: { hash } },
        { provide: ProjectionRunner, useValue: runner },
        { provide: ChangeFeed, useValue: new ChangeFeed({ source: store, rows: runner }) },
        { provide: LiveStreams, useFactory: (feed: ChangeFeed) => new LiveStreams(feed), inject: [ChangeFeed] },
        { provide: Views, useValue: new TicketsViews(runner, dataSource) },
        { provide: RecordBreachWhenClockDue, useFactory: (commands: CommandBus) => new RecordBreachWhenClockDue(dataSource, commands, hash, () => runner.status()), inject: [CommandBus] },
      ],
    };
  }
}
