import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { EventStore } from '@atrium/event-store';
import { Problem, Roles } from '@atrium/http';
import { ApiGuarded } from '../openapi.js';
import { Views } from '../ports.js';
import { observers } from '../roles.js';
import { logTotals, type Totals } from './log-totals.js';
import { viewTotals } from './view-totals.js';

/** Named totals from each store at one position and one time: what `npm run reconcile` compares. */
@Controller('totals')
export class TotalsController {
  constructor(private readonly store: EventStore, private readonly views: Views) {}

  @Get()
  @Roles(...observers)
  @ApiOperation({ summary: 'Totals of complaints from the folded log and from the read models', description: 'Folds the whole log up to the position of the read models: seconds, on a large one.', operationId: 'getTotals' })
  @ApiGuarded()
  @ApiResponse({ status: 200, description: 'The same totals by store' })
  async totals(): Promise<{ position: string; now: string; stores: { log: Totals; views: Totals } }> {
    const now = new Date().toISOString();
    const views = await this.views.read(undefined, (dataSource) => viewTotals(dataSource, now));
    if (!views) throw new Problem(503, 'views-away', 'There are no read models yet.');
    return { position: views.position.toString(), now, stores: { log: await logTotals(this.store, views.position, now), views: views.totals } };
  }
}
