import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { EventStore } from '@atrium/event-store';
import { Problem, Roles } from '@atrium/http';
import { ApiGuarded } from '../openapi.js';
import { Views } from '../ports.js';
import { routeRoles } from '../roles.js';
import { logTotals, type Totals } from './log-totals.js';
import { viewTotals } from './view-totals.js';

interface TotalsAnswer {
  readonly position: string;
  readonly now: string;
  readonly stores: { readonly log: Totals; readonly views: Totals };
}

/** Named totals from each store at one position and one time: what `npm run reconcile` compares. */
@Controller('totals')
export class TotalsController {
  constructor(private readonly store: EventStore, private readonly views: Views) {}

  /** A count in progress, shared by those who ask meanwhile: it reads the whole log. */
  private counting: Promise<TotalsAnswer> | undefined;

  @Get()
  @Roles(...routeRoles['GET /totals'])
  @ApiOperation({ summary: 'Totals of complaints from the folded log and from the read models', description: 'Folds the whole log up to the position of the read models: seconds, on a large one.', operationId: 'getTotals' })
  @ApiGuarded()
  @ApiResponse({ status: 200, description: 'The same totals by store' })
  totals(): Promise<TotalsAnswer> {
    this.counting ??= this.count().finally(() => { this.counting = undefined; });
    return this.counting;
  }

  private async count(): Promise<TotalsAnswer> {
    const now = new Date().toISOString();
    const views = await this.views.read(undefined, (dataSource) => viewTotals(dataSource, now));
    if (!views) throw new Problem(503, 'views-away', 'There are no read models yet.');
    return { position: views.position.toString(), now, stores: { log: await logTotals(this.store, views.position, now), views: views.totals } };
  }
}
