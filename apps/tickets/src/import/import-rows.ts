import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EventStore } from '@atrium/event-store';
import { encodeToken, type Actor } from '@atrium/kernel';
import { commandIdOf, derivedId, fieldErrors, problemFrom, Problem } from '@atrium/http';
import { complaintCommands, type ComplaintCommandDefinition, type Role } from '@atrium/tickets-domain';
import type { Step, StepRefusal } from '../complaint/decide-complaint.js';
import { executeComplaint } from '../complaint/execute-complaint.js';
import { mallOf } from '../mall.js';
import { Hashing, Sealing } from '../ports.js';
import { importRow, MAX_ROW_LENGTH, type ImportRow, type RowResult } from './import-row.js';

/** Rows decided and appended at the same time, within one request. */
const IN_FLIGHT = 64;

/** Results that leave together: a write of the connection for each would cost as much as the append. */
const ROWS_A_CHUNK = 50;

/** UTF-16 units that are read before others get their turn: rows that are refused wait for nothing else. */
const READ_IN_A_TURN = 64 * 1024;

const definitions = new Map<string, ComplaintCommandDefinition>(complaintCommands.map((definition) => [definition.type, definition]));

type Taken = { readonly result: RowResult; readonly log?: bigint } | { readonly failure: unknown };

/** Takes rows in: a row is one stream, its commands are decided in turn and appended as one. */
@Injectable()
export class ImportRows {
  constructor(private readonly store: EventStore, private readonly sealing: Sealing, private readonly hashing: Hashing) {}

  /**
   * One line a row, in the order of the rows, and the counts, some lines at a time. A row that is refused stops no other. When the log is
   * away, or on an error nobody foresaw, the answer ends with that error: what was not answered is sent again.
   */
  async *results(lines: readonly string[], actor: Actor): AsyncGenerator<string> {
    const counts = { accepted: 0, repeated: 0, refused: 0 };
    let highest: bigint | undefined;
    let [text, rows] = ['', 0];
    for await (const taken of this.inOrder(lines, actor)) {
      if ('failure' in taken) {
        if (text !== '') yield text;
        throw taken.failure;
      }
      const { log, result } = taken;
      counts[result.outcome] += 1;
      if (log !== undefined && (highest === undefined || log > highest)) highest = log;
      text += `${JSON.stringify(result)}\n`;
      rows += 1;
      if (rows % ROWS_A_CHUNK === 0) {
        yield text;
        text = '';
      }
    }
    yield `${text}${JSON.stringify({ end: true, ...counts, ...(highest === undefined ? {} : { position: encodeToken({ source: 'tickets', position: highest }) }) })}\n`;
  }

  private async *inOrder(lines: readonly string[], actor: Actor): AsyncGenerator<Taken> {
    const running: Promise<Taken>[] = [];
    let read = 0;
    for (const [row, line] of lines.entries()) {
      if (read > READ_IN_A_TURN) {
        await turn();
        read = 0;
      }
      read += line.length;
      if (running.length >= IN_FLIGHT) yield running.shift() as Promise<Taken>;
      running.push(this.take(line, row, actor));
    }
    yield* running;
  }

  /** Never rejects, so that no row fails unseen while an earlier one is waited for. */
  private async take(line: string, row: number, actor: Actor): Promise<Taken> {
    let key: string | null = null;
    try {
      const value = parseLine(line);
      key = keyOf(value);
      const parsed = parseRow(value);
      return await this.execute(parsed, row, actor);
    } catch (error) {
      const problem = problemFrom(error);
      if (!problem || problem.details.status >= 500) return { failure: error };
      const { code, detail, errors } = problem.details;
      return { result: { key, row, outcome: 'refused', code, ...(detail === undefined ? {} : { detail }), ...(errors === undefined ? {} : { errors }) } };
    }
  }

  private async execute(parsed: ImportRow, row: number, actor: Actor): Promise<Taken> {
    const { key, mallId, policy, backdatingReason } = parsed;
    const steps = stepsOf(parsed, actor);
    mallOf(mallId);
    const commandId = commandIdOf(actor, key);
    const id = derivedId(commandId, 'complaint');
    const outcome = await executeComplaint(this.store, this.sealing.sealer, {
      complaintId: id,
      steps,
      creates: true,
      policyVersion: policy,
      identity: { commandId, requestHash: this.hashing.hash('import', parsed), correlationId: commandId, actor, mallId, backdatingReason },
    });
    switch (outcome.kind) {
      case 'accepted':
      case 'repeated': return { result: { key, row, outcome: outcome.kind, id, position: outcome.position.toString() }, log: outcome.position };
      // A registration always writes; only a decider that is wrong comes here.
      case 'nothing': throw new Error('A row was decided without an event');
      case 'refused': {
        const { refused, detail, step } = outcome.refusal as StepRefusal;
        return { result: { key, row, outcome: 'refused', code: refused, detail, errors: [{ path: `/commands/${step}`, code: refused, message: detail }] } };
      }
    }
  }
}

function parseLine(line: string): unknown {
  if (line.length > MAX_ROW_LENGTH) throw new Problem(413, 'row-too-large', `A row has at most ${MAX_ROW_LENGTH} characters.`);
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Problem(400, 'malformed-row', 'The line is no JSON.', {}, { cause: error });
  }
}

/** So that a refused row can be told by its key, where it has one that can be read. */
const keyOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string' ? value.key.slice(0, 200) : null;

function parseRow(value: unknown): ImportRow {
  const parsed = importRow.safeParse(value);
  if (!parsed.success) throw new Problem(400, 'invalid-row', 'The row is not valid.', { errors: fieldErrors(parsed.error, value) });
  return parsed.data;
}

/** @throws Problem for an unknown command, one the role may not send, or data that its schema refuses */
function stepsOf({ commands }: ImportRow, actor: Actor): Step[] {
  return commands.map(({ type, occurredAt, data }, index) => {
    const definition = definitions.get(type);
    if (!definition) throw new Problem(400, 'unknown-command', 'A command of this row is not known.', { errors: [{ path: `/commands/${index}/type`, code: 'not-one-of', message: 'This command is not known.' }] });
    if (!(definition.roles as readonly Role[]).includes(actor.role as Role)) throw new Problem(403, 'forbidden', `The role ${actor.role} may not send ${type}.`);
    const parsed = definition.schema.safeParse(data);
    if (!parsed.success) {
      throw new Problem(400, 'invalid-row', 'The row is not valid.', { errors: fieldErrors(parsed.error, data).map((error) => ({ ...error, path: `/commands/${index}/data${error.path === '/' ? '' : error.path}` })) });
    }
    return { definition, data: parsed.data, at: occurredAt };
  });
}
