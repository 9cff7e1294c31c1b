import type { BusinessCalendar } from './calendar/calendar.js';
import { calendars } from './calendar/calendars.js';
import { malls, type Mall } from './mall/malls.js';
import type { Policy } from './policy/policy.js';
import { policies } from './policy/policies.js';

/** What commands are decided with besides the case itself, by version or id. */
export interface Reference {
  readonly malls: Readonly<Record<string, Mall>>;
  readonly policies: Readonly<Record<string, Policy>>;
  readonly calendars: Readonly<Record<string, BusinessCalendar>>;
}

/** What Atrium comes with. */
export const builtInReference: Reference = { malls, policies, calendars };

/** @throws Error when a case names a version that is not loaded: a fault of the installation, not of the command */
export const policyOf = ({ policies: known }: Reference, version: string): Policy => found(known, version, 'policy');

/** @throws Error as {@link policyOf} */
export const calendarOf = ({ calendars: known }: Reference, version: string): BusinessCalendar => found(known, version, 'calendar');

function found<Value>(known: Readonly<Record<string, Value>>, version: string, what: string): Value {
  const value = Object.hasOwn(known, version) ? known[version] : undefined;
  if (value === undefined) throw new Error(`The ${what} "${version}" is not known here`);
  return value;
}
