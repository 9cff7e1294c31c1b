import type { DataSource } from 'typeorm';
import { findTimeline } from '../complaint-timeline/complaint-timeline.query.js';
import type { ComplaintTimelineRow } from '../complaint-timeline/complaint-timeline.entity.js';
import { ComplaintEntity, type ComplaintRow } from './complaints.entity.js';

export interface ComplaintPage {
  readonly row: ComplaintRow;
  readonly timeline: readonly ComplaintTimelineRow[];
}

/** A complaint and its events from one snapshot, so that its revision is that of the last event shown. */
export const findComplaintPage = (dataSource: DataSource, id: string): Promise<ComplaintPage | undefined> =>
  dataSource.transaction('REPEATABLE READ', async (manager) => {
    const row = await manager.findOneBy(ComplaintEntity, { id });
    return row ? { row, timeline: await findTimeline(manager, id) } : undefined;
  });
