import { Metadata, status, type ServiceError, type StatusObject } from '@grpc/grpc-js';
import { DamagedLog, MalformedMessage, StorageFailed } from '../errors.js';
import { MissingMetadata } from '../wire/append-request.js';

/** Trailers carry ASCII only: a name beyond it travels percent-encoded. */
export const trailers = (exception: string, properties: Readonly<Record<string, string>> = {}): Metadata => {
  const metadata = new Metadata();
  metadata.set('exception', exception);
  for (const [key, value] of Object.entries(properties)) metadata.set(key, /^[\x20-\x7e]*$/.test(value) ? value : encodeURIComponent(value));
  return metadata;
};

export const failure = (code: status, details: string, metadata = new Metadata()): Partial<StatusObject> & ServiceError =>
  Object.assign(new Error(details), { code, details, metadata });

/** The server ends a call because it is stopping: clients reconnect on it. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super('the server is stopping');
  }
}

/** The status for whatever went wrong while a call was served. */
export const failureOf = (error: unknown): Partial<StatusObject> & ServiceError => {
  if (error instanceof MissingMetadata) {
    const properties = { 'required-metadata-properties': error.properties.join(',') };
    return failure(status.INVALID_ARGUMENT, error.message, trailers('missing-required-metadata-property', properties));
  }
  if (error instanceof MalformedMessage) return failure(status.INVALID_ARGUMENT, error.message);
  if (error instanceof Cancelled) return failure(status.CANCELLED, error.message);
  if (error instanceof DamagedLog) return failure(status.DATA_LOSS, error.message);
  if (error instanceof StorageFailed) return failure(status.UNAVAILABLE, error.message);
  return failure(status.INTERNAL, error instanceof Error ? error.message : 'the call failed');
};
