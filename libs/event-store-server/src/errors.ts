/** Another process (or another server of this process) holds the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  constructor(readonly folder: string) {
    super(`the event store folder ${folder} is in use by another process`);
  }
}

/** The log on disk is not what was acknowledged. Nothing is repaired or skipped: restore the folder from a copy. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';
  constructor(
    readonly folder: string,
    readonly damage: string,
  ) {
    super(`the event log in ${folder} is damaged: ${damage}`);
  }
}

/** A commit could not be made durable. Appends are refused from then on, because what the disk holds is unknown. */
export class StorageFailed extends Error {
  override readonly name = 'StorageFailed';
  constructor(cause: unknown) {
    super(`the event log cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** A request that is not a well-formed message of the protocol. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}
