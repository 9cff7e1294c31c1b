import type { IncomingMessage, ServerResponse } from 'node:http';

/** How a service, or the whole, is doing. `away`: it cannot do its work. `degraded`: it can, but not all of it. */
export interface Health {
  readonly state: 'ready' | 'degraded' | 'away';
  /** One line each, `<part>: <what is the matter>`; the part is a few plain words. Nothing personal. */
  readonly reasons: readonly string[];
}

/** A service as the host runs it: everything under `/api/<name>/` is its own. */
export interface HostedService {
  readonly name: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
  health(): Promise<Health>;
  /** Its OpenAPI document, with full paths. */
  openApi(): object;
  /** Ends the answers that last; further ones are refused. Those under way go on. */
  endStreams(): void;
  close(): Promise<void>;
}
