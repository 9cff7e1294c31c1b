/** One command of a row, as `POST /api/tickets/import` takes it; `occurredAt` is ISO 8601, UTC. */
export interface ImportCommand {
  readonly type: string;
  readonly occurredAt: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One case with its commands in order. The same `key` always names the same case: repeating it duplicates nothing. */
export interface ImportRow {
  readonly key: string;
  readonly mallId: string;
  readonly policy: string;
  readonly backdatingReason: string;
  readonly commands: readonly ImportCommand[];
}

/** Why a row of the file cannot become a case. `code` is kebab-case, `detail` a sentence for people. */
export interface Unusable {
  readonly unusable: string;
  readonly detail: string;
  readonly key?: string;
}

/** The texts of one row by column name. */
export type Fields = Readonly<Record<string, string>>;

/** A row as it stands in the file: `line` counts physical lines from 1, the header included. */
export type FileRow =
  | { readonly line: number; readonly fields: Fields }
  | { readonly line: number; readonly problem: Unusable };

/** An opened file. `rows` may be consumed once; leaving the loop closes the file. */
export interface Reading {
  readonly totalBytes: number;
  bytesRead(): number;
  readonly rows: AsyncIterable<FileRow>;
}

/** A kind of file that can be imported. */
export interface Source {
  readonly name: string;
  readonly description: string;
  /** The file of `apps/importer/samples` that `--sample` reads. */
  readonly sample: string;
  /** Fails with an OperatorError, before any row, when the file is not of this kind. */
  read(file: string): Promise<Reading>;
  map(fields: Fields): ImportRow | Unusable;
}

export const isUnusable = (mapped: ImportRow | Unusable): mapped is Unusable => 'unusable' in mapped;
