import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { EventStore } from '@atrium/event-store';
import { Problem, Roles } from '@atrium/http';
import { ApiAnswer, ApiGuarded, answeredInstant, answerSchema, decimal, problem, tags } from '../openapi.js';
import { Views } from '../ports.js';
import { routeRoles } from '../roles.js';
import { logTotals } from './log-totals.js';
import { viewTotals } from './view-totals.js';

const figure = z.int().min(0);
const byValue = z.record(z.string(), figure).readonly();

const totals = answerSchema('Totals', z.strictObject({
  cases: figure, closed: figure, open: figure,
  promisesKept: figure,
  promisesBroken: figure.meta({ description: '`closedLate` + `openOverdue`' }),
  closedLate: figure, openOverdue: figure,
  byDepartment: byValue.meta({ description: 'Cases that were never routed are in none' }),
  byChannel: byValue,
  events: figure,
}));

const totalsAnswer = answerSchema('TotalsByStore', z.strictObject({
  position: decimal('Of the log, up to which was counted'),
  now: answeredInstant,
  stores: z.strictObject({ log: totals, views: totals }),
}));
type TotalsAnswer = Readonly<z.output<typeof totalsAnswer>>;

/** Named totals from each store at one position and one time: what `npm run reconcile` compares. */
@Controller('totals')
@ApiTags(tags.system.name)
export class TotalsController {
  constructor(private readonly store: EventStore, private readonly views: Views) {}

  /** A count in progress, shared by those who ask meanwhile: it reads the whole log. */
  private counting: Promise<TotalsAnswer> | undefined;

  @Get()
  @Roles(...routeRoles['GET /totals'])
  @ApiOperation({ summary: 'Totals of complaints from the folded log and from the read models', description: 'Folds the whole log up to the position of the read models: seconds, on a large one.', operationId: 'getTotals' })
  @ApiGuarded()
  @problem(409, 'One of the read models is being brought up to the others; ask again')
  @ApiAnswer(200, totalsAnswer, 'The same totals by store')
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
