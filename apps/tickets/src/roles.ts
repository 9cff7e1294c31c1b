import { complaintCommands, roles, type CommandDefinition, type Role } from '@atrium/tickets-domain';

/** Every role that a token can carry. */
const everybody: readonly Role[] = roles.filter((role) => role !== 'system');

/** Who may read complaints, figures and the state of the system: all but the member clerks, who keep cards and points. */
const readers: readonly Role[] = ['agent', 'shift-lead', 'supervisor', 'mall-management', 'general-manager', 'integration', 'auditor'];

/** Who may have everything counted, which reads the whole log. */
const reconcilers: readonly Role[] = ['supervisor', 'mall-management', 'general-manager', 'integration', 'auditor'];

/** Who may rebuild a read model. */
const operators: readonly Role[] = ['supervisor', 'integration'];

/**
 * Who may call a route that is no command of a complaint, by its address below `/api/tickets`. An auditor may read
 * everything and change nothing.
 */
export const routeRoles = {
  'GET /me': everybody,
  'GET /malls': everybody,
  'GET /commands': everybody,
  'GET /complaints': readers,
  'GET /complaints/facets': readers,
  'GET /complaints/:id': readers,
  'GET /live': readers,
  'GET /runners': readers,
  'GET /totals': reconcilers,
  'POST /import': ['integration'],
  'POST /projections/:name/rebuild': operators,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** The route of a command; undefined where only the system sends it. */
export const routeOfCommand = ({ route, creates }: CommandDefinition): string | undefined =>
  creates === true ? 'POST /complaints' : route === undefined ? undefined : `POST /complaints/:id/${route}`;

/** Who may call what: every route of the service. */
export const roleTable: Readonly<Record<string, readonly Role[]>> = {
  ...Object.fromEntries((complaintCommands as readonly CommandDefinition[]).flatMap((command) => {
    const route = routeOfCommand(command);
    return route === undefined ? [] : [[route, command.roles]];
  })),
  ...routeRoles,
};
