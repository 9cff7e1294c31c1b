import { z } from 'zod';
import { clockNames, clockStates, type Complaint } from '@atrium/tickets-domain';

/** The statuses of a case that there is, in lifecycle order. */
export const statuses = ['registered', 'routed', 'waiting', 'resolved', 'closed'] as const satisfies readonly Complaint['status'][];

export const status = z.enum(statuses);
export const clockName = z.enum(clockNames);
export const clockState = z.enum(clockStates).meta({ description: '`met`: stopped in time. `broken`: stopped late, or running past its due time. `superseded`: another took its place in time' });
