import cliProgress from 'cli-progress';
import { number } from './summary.js';

/** The terminal, or what stands in its place. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** Where the work stands. `total` is an estimate until the file has been read to its end. */
export interface Standing {
  readonly done: number;
  readonly total: number;
  readonly rejected: number;
}

/** Shows how far the work is until it is stopped; `note` adds a line in between. */
export interface Progress {
  note(line: string): void;
  stop(): void;
}

const barEveryMs = 200;
const lineEveryMs = 3_000;

/** A bar on a terminal, a line every few seconds elsewhere. The timers do not keep the process alive. */
export function showProgress(output: Output, standing: () => Standing): Progress {
  const speed = new Speed(performance.now());
  const pace = (): Pace => speed.at(performance.now(), standing());
  return output.isTTY === true ? bar(output, standing, pace) : lines(output, standing, pace);
}

export interface Pace {
  readonly rate: string;
  readonly remaining: string;
}

/** The rate of the last while, so that a slow start or a pause does not weigh on the remaining time to the end. */
export class Speed {
  static readonly windowMs = 15_000;
  readonly #samples: { readonly at: number; readonly done: number }[];

  constructor(startedAt: number) {
    this.#samples = [{ at: startedAt, done: 0 }];
  }

  at(now: number, { done, total }: Standing): Pace {
    this.#samples.push({ at: now, done });
    while ((this.#samples[1]?.at ?? now) <= now - Speed.windowMs) this.#samples.shift();
    const [oldest = { at: now, done }] = this.#samples;
    const perSecond = now > oldest.at ? ((done - oldest.done) * 1000) / (now - oldest.at) : 0;
    return { rate: number(perSecond), remaining: perSecond > 0 ? clock((total - done) / perSecond) : '–' };
  }
}

/** Whole seconds as `m:ss` or `h:mm:ss`. */
export function clock(wholeSeconds: number): string {
  const left = Math.max(0, Math.ceil(wholeSeconds));
  const [hours, minutes, rest] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  const tail = `${String(rest).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

function lines(output: Output, standing: () => Standing, pace: () => Pace): Progress {
  const timer = setInterval(() => output.write(`${lineOf(standing(), pace())}\n`), lineEveryMs).unref();
  return {
    note: (line) => output.write(`${line}\n`),
    stop: () => clearInterval(timer),
  };
}

export const lineOf = ({ done, total, rejected }: Standing, { rate, remaining }: Pace): string =>
  `${number(done)} of about ${number(total)} rows · ${rate} rows/s · ${remaining} left${rejected > 0 ? ` · ${number(rejected)} rejected` : ''}`;

function bar(output: Output, standing: () => Standing, pace: () => Pace): Progress {
  const shown = new cliProgress.SingleBar({
    stream: output,
    format: '{bar} {percentage} % · {value} of about {total} rows · {rate} rows/s · {remaining} left · {rejected} rejected',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    gracefulExit: false,
  });
  const update = (): void => {
    const { done, total, rejected } = standing();
    shown.setTotal(total);
    shown.update(done, { ...pace(), rejected });
  };
  shown.start(Math.max(1, standing().total), 0, { ...pace(), rejected: 0 });
  const timer = setInterval(update, barEveryMs).unref();
  return {
    note: (line) => output.write(`\r\u001b[2K${line}\n`),
    stop: () => {
      clearInterval(timer);
      update();
      shown.stop();
    },
  };
}
