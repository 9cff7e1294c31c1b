/** Where the system answers and as whom. */
export interface Endpoint {
  /** Asked before every request: a system that was restarted may answer elsewhere. */
  url(): Promise<string>;
  readonly token: string;
}

/** A system that was joined; `stop` ends it when this process started it. */
export interface System extends Endpoint {
  /** One line for the operator: which system, and how it was found. */
  readonly description: string;
  stop(): Promise<void>;
}
