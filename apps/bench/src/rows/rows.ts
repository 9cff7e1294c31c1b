import type { Row } from '../measuring/row.js';
import { creation, followUp } from './commands.js';
import { durableAppends, oneWriter } from './embedded-server.js';
import { importing } from './importing.js';
import { projectionEndToEnd, sink, sinkOfChangedRows } from './projections.js';
import { start, wholeSystem } from './whole-system.js';

/** In the order of the table. */
export const rows: readonly Row[] = [followUp, creation, durableAppends, oneWriter, projectionEndToEnd, sink, sinkOfChangedRows, importing, wholeSystem, start];
