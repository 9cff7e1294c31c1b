import type { Order } from '../command-line/arguments.js';
import { Interrupted, reasonOf } from '../operator-error.js';
import { showProgress, type Output, type Progress, type Standing } from '../report/progress.js';
import { RejectsFile } from '../report/rejects-file.js';
import { number, seconds, type Summary } from '../report/summary.js';
import { batchesOf } from '../sending/batches.js';
import { patience } from '../sending/retry.js';
import { sendBatches } from '../sending/send-batches.js';
import type { Reading } from '../sources/source.js';
import type { System } from '../system/endpoint.js';
import { waitForViews } from '../waiting/wait-for-views.js';
import { Tally } from './tally.js';

export interface Run {
  readonly order: Order;
  /** The file that is read: the order's, or the source's sample. */
  readonly file: string;
  readonly rejectsFile: string;
  /** Joins the system; called when the file has proved readable. */
  readonly join: () => Promise<System>;
  readonly output: Output;
  /** Nothing new is begun. */
  readonly stop: AbortSignal;
  /** What is under way is cut. */
  readonly cut: AbortSignal;
}

export interface Ending {
  readonly summary: Summary;
  /** Why the run ended early. */
  readonly failure?: unknown;
}

const rowsInBatch = 200;
const requestsInFlight = 4;
const lookEveryMs = 200;
const standstillMs = 60_000;

/** Imports a file. What ends it early is part of the answer, beside the counts so far. */
export async function runImport(run: Run): Promise<Ending> {
  const tally = new Tally();
  const rejects = new RejectsFile(run.rejectsFile);
  const spent: Spent = { sendingMs: 0 };
  try {
    const reading = await run.order.source.read(run.file);
    const system = await run.join();
    try {
      run.output.write(`${system.description}\n`);
      await send(run, reading, system, tally, rejects, spent);
      if (run.order.wait) await wait(run, system, tally.position, spent);
    } finally {
      await system.stop();
    }
    return { summary: summaryOf(run, tally, rejects, spent) };
  } catch (error) {
    const failure: unknown = run.stop.aborted ? run.stop.reason : error;
    return { summary: summaryOf(run, tally, rejects, spent, failure), failure };
  } finally {
    await rejects.close();
  }
}

interface Spent {
  sendingMs: number;
  waitingMs?: number;
}

async function send(run: Run, reading: Reading, endpoint: System, tally: Tally, rejects: RejectsFile, spent: Spent): Promise<void> {
  const { order, stop, cut } = run;
  const startedAt = performance.now();
  const progress = showProgress(run.output, () => standingOf(reading, tally, order.limit));
  const reject: RejectsFile['add'] = async (rows) => {
    await rejects.add(rows);
    tally.rejected += rows.length;
  };
  try {
    const batches = batchesOf(order.source, reading.rows, { rows: order.limit, batch: rowsInBatch }, tally, reject);
    await sendBatches(batches, { endpoint, inFlight: requestsInFlight, patience, tally, reject, onTrouble: troubleIn(progress), stop, cut });
  } finally {
    spent.sendingMs = performance.now() - startedAt;
    progress.stop();
  }
}

/** Rows still to come are estimated from the share of the bytes that has been read. */
function standingOf(reading: Reading, { read, settled, rejected }: Tally, limit: number): Standing {
  const share = Math.min(1, reading.bytesRead() / reading.totalBytes);
  return { done: settled, total: Math.min(limit, share > 0 ? Math.round(read / share) : read), rejected };
}

async function wait({ output, stop }: Run, endpoint: System, position: string | undefined, spent: Spent): Promise<void> {
  const startedAt = performance.now();
  let saidAt = startedAt;
  await waitForViews(position, {
    endpoint, patience, lookEveryMs, standstillMs, signal: stop,
    onTrouble: (reason) => output.write(`${reason}\n`),
    onBehind: (positions) => {
      if (performance.now() - saidAt < 3_000) return;
      saidAt = performance.now();
      output.write(`Waiting for the views: ${number(Number(positions))} positions of the log to go.\n`);
    },
  });
  spent.waitingMs = performance.now() - startedAt;
}

/** Several requests meet the same trouble at once, and meet it again at each try: one line every ten seconds will do. */
function troubleIn(progress: Progress): (reason: string) => void {
  let saidAt = -Infinity;
  return (reason) => {
    if (performance.now() - saidAt < 10_000) return;
    saidAt = performance.now();
    progress.note(`The system does not answer (${reason}); trying again for up to ${patience.giveUpMs / 1000} s.`);
  };
}

function summaryOf(run: Run, tally: Tally, rejects: RejectsFile, { sendingMs, waitingMs }: Spent, failure?: unknown): Summary {
  const { read, accepted, duplicates, rejected, position, settled } = tally;
  return {
    source: run.order.source.name,
    file: run.file,
    outcome: failure === undefined ? 'complete' : failure instanceof Interrupted ? 'interrupted' : 'failed',
    read,
    accepted,
    duplicates,
    rejected,
    seconds: seconds(sendingMs),
    rowsPerSecond: sendingMs > 0 ? Math.round((settled * 1000) / sendingMs) : 0,
    ...(waitingMs === undefined ? {} : { waitedSeconds: seconds(waitingMs) }),
    ...(position === undefined ? {} : { position }),
    ...(rejects.exists ? { rejects: rejects.file } : {}),
    ...(failure === undefined ? {} : { error: reasonOf(failure) }),
  };
}
