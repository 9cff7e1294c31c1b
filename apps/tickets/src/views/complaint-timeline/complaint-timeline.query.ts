import type { EntityManager } from 'typeorm';
import { ComplaintTimelineEntity, type ComplaintTimelineRow } from './complaint-timeline.entity.js';

/** All events of one complaint, in order. */
export const findTimeline = (manager: EntityManager, complaintId: string): Promise<ComplaintTimelineRow[]> =>
  manager.find(ComplaintTimelineEntity, { where: { complaintId }, order: { revision: 'ASC' } });
