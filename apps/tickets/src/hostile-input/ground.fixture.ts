import { randomUUID } from 'node:crypto';
import { rolesThatBackdate, type Role } from '@atrium/tickets-domain';
import type { Ground } from './case.fixture.js';
import { needsKey, parametersIn, takesJson, takesNdjson, type Route } from './described-routes.fixture.js';
import { fieldsOf, validValue, withField, type Schema } from './schema.fixture.js';

const DAY_MS = 86_400_000;

/** The valid request of a route, about a complaint that exists. */
export function groundOf(route: Route, complaintId: string, token: (role: Role) => string): Ground {
  const body = takesJson(route) ? JSON.stringify(validBody(route)) : takesNdjson(route) ? String(route.example) : undefined;
  const address = parametersIn(route, 'path').reduce(
    (path, { name, schema }) => path.replace(`{${name}}`, schema.format === 'uuid' ? complaintId : String(validValue({ ...schema, type: 'string' }, name))), route.path);
  return {
    route, body, address, token,
    headers: () => ({
      authorization: `Bearer ${token(callerOf(route))}`,
      ...(body === undefined ? {} : { 'content-type': Object.keys(route.bodies)[0] as string }),
      ...(needsKey(route) ? { 'idempotency-key': randomUUID() } : {}),
    }),
  };
}

/** One who may also say when something happened, where there is such a role. */
export const callerOf = ({ mayCall }: Route): Role => mayCall.find((role) => rolesThatBackdate.includes(role)) ?? mayCall[0] as Role;

/** What the document shows as an example, with its instants a day ahead where they are promises; or what its schema takes. */
export function validBody(route: Route): object {
  const schema = route.bodies['application/json'] as Schema;
  const shown = route.example as object | undefined ?? validValue(schema) as object;
  const ahead = new Date(Date.now() + DAY_MS).toISOString();
  return fieldsOf(schema).filter(({ path: [name = ''], schema: { format }, isRequired }) => format === 'date-time' && isRequired && name in shown)
    .reduce<object>((body, { path }) => withField(body, path, ahead, schema) as object, shown);
}
