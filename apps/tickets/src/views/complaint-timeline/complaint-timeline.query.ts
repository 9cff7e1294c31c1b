import type { DataSource } from 'typeorm';
import { ComplaintTimelineEntity, type ComplaintTimelineRow } from './complaint-timeline.entity.js';

/** All events of one complaint, in order. */
export const findTimeline = (dataSource: DataSource, complaintId: string): Promise<ComplaintTimelineRow[]> =>
  dataSource.getRepository(ComplaintTimelineEntity).find({ where: { complaintId }, order: { revision: 'ASC' } });
