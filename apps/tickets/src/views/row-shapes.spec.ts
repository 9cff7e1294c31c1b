import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ComplaintEntity } from './complaints/complaints.entity.js';
import { complaints } from './complaints/complaints.projection.js';
import { ComplaintTimelineEntity } from './complaint-timeline/complaint-timeline.entity.js';
import { complaintTimeline } from './complaint-timeline/complaint-timeline.projection.js';

/**
 * What the rows of each version look like. A line that stands here stays as it is: tables of that version may be in
 * somebody's database, and a service whose rows differ under the same version does not start to follow the log there.
 */
const shapes: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  complaints: { 1: 'ef697f735aaa' },
  'complaint-timeline': { 1: '2b5d28722f25' },
};

const views = [
  { name: complaints.name, version: complaints.version, entity: ComplaintEntity.options },
  { name: complaintTimeline.name, version: complaintTimeline.version, entity: ComplaintTimelineEntity.options },
];

describe('rows of', () => {
  it.each(views)('$name look as their version says: when they are to look otherwise, raise `version` in the projection and add the new shape here', ({ name, version, entity: { columns, indices } }) => {
    const shape = createHash('sha256').update(JSON.stringify({ columns, indices })).digest('hex').slice(0, 12);
    expect({ version, shape }).toEqual({ version, shape: shapes[name]?.[version] });
  });
});
