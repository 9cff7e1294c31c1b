import { complaintCommands, complaintEventTypes } from '@atrium/tickets-domain';
import { complaints } from './views/complaints/complaints.projection.js';
import { complaintTimeline } from './views/complaint-timeline/complaint-timeline.projection.js';

/** What this service accepts, writes and shows: a page of docs/catalogue.md is made of it. */
export const ticketsCatalogue = {
  name: 'tickets',
  commands: complaintCommands.map((command) => ({
    type: command.type,
    route: 'route' in command ? `POST /api/tickets/complaints/:id/${command.route}` : 'creates' in command ? 'POST /api/tickets/complaints' : 'none',
    roles: command.roles as readonly string[],
    possibleIn: command.possibleIn as readonly string[],
    mayPrecedeLastStatusChange: command.mayPrecedeLastStatusChange as boolean,
    title: command.title,
    source: command.source,
  })),
  streams: [{ category: 'complaint', events: complaintEventTypes as readonly string[] }],
  views: [complaints, complaintTimeline].map(({ name, version, categories, on }) => ({ name, version, categories, events: Object.keys(on) })),
} as const;
