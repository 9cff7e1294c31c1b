/** PostgreSQL cannot run here. The message is one line for the operator, without a full stop. */
export class PostgresCannotStart extends Error {
  override readonly name = 'PostgresCannotStart';

  constructor(why: string, options?: ErrorOptions) {
    super(`PostgreSQL cannot start: ${why}`, options);
  }
}
