import { complaintCommands, complaintEventTypes, roles, roleTitles } from '@atrium/tickets-domain';
import { roleTable, routeOfCommand } from './roles.js';
import { complaints } from './views/complaints/complaints.projection.js';
import { complaintTimeline } from './views/complaint-timeline/complaint-timeline.projection.js';

/** What this service accepts, writes and shows: a page of docs/catalogue.md is made of it. */
export const ticketsCatalogue = {
  name: 'tickets',
  commands: complaintCommands.map((command) => ({
    type: command.type,
    route: routeOfCommand(command)?.replace(' ', ' /api/tickets') ?? 'none',
    roles: command.roles as readonly string[],
    possibleIn: command.possibleIn as readonly string[],
    mayPrecedeLastStatusChange: command.mayPrecedeLastStatusChange as boolean,
    title: command.title,
    source: command.source,
  })),
  roles: roles.filter((role) => role !== 'system').map((role) => ({ role: role as string, title: roleTitles[role] })),
  routes: Object.entries(roleTable).map(([route, who]) => ({ route: route.replace(' ', ' /api/tickets'), roles: who as readonly string[] })),
  streams: [{ category: 'complaint', events: complaintEventTypes as readonly string[] }],
  views: [complaints, complaintTimeline].map(({ name, version, categories, on }) => ({ name, version, categories, events: Object.keys(on) })),
} as const;
