import { CancelledError, DeadlineExceededError, TimeoutError, UnavailableError, UnknownError, NotLeaderError } from '@eventstore/db-client';
import { DeadlinePassed } from './deadline.js';
import { EventStoreUnavailable } from './errors.js';

const connectionErrors = [UnavailableError, CancelledError, DeadlineExceededError, TimeoutError, NotLeaderError, UnknownError];

/** CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, UNAVAILABLE: the driver passes gRPC's own errors on when it asks for the server's features. */
const connectionStatuses = [1, 2, 4, 14];

const isRawConnectionError = (error: unknown): boolean =>
  error instanceof Error && 'metadata' in error && connectionStatuses.includes((error as { code?: unknown }).code as number);

/** What the driver throws when no node of a cluster says who leads it: an error without a class or a code. */
const isWithoutNode = (error: unknown): boolean => error instanceof Error && error.message.startsWith('Failed to discover after');

/** The connection failed, or the answer did not come: for an append, it may or may not have been written. */
export const outcomeIsUnknown = (error: unknown): boolean =>
  connectionErrors.some((known) => error instanceof known) || isRawConnectionError(error) || isWithoutNode(error) || error instanceof DeadlinePassed;

/** The typed error for a read that found no server; any other error as it is. */
export const unavailable = (error: unknown): unknown => (outcomeIsUnknown(error) ? new EventStoreUnavailable(error) : error);
