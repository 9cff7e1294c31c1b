/** Commands that somebody is filling in or has on the way, in the memory of this tab only: what people say of people is never stored by the browser. */
import { ProblemError } from '../api.js';
import type { CommandAnswer, CommandRequest } from '../api.js';
import type { Draft } from './draft.js';

export interface Attempt {
  readonly content: string;
  readonly key: string;
  /** It may have been done, and nothing that came back since has told. */
  readonly open: boolean;
}

export interface Work {
  readonly values: Draft;
  /** Something was typed that would be lost. */
  readonly touched: boolean;
  /** The revision of the case that its writer saw; absent for a case that is only being opened. */
  readonly seen?: string;
  readonly sending: boolean;
  /** The last thing that was sent, and under which key: the same content goes out under the same key. */
  readonly attempt?: Attempt;
  /** Why the last attempt came to nothing, or may have. */
  readonly problem?: unknown;
}

export interface Beginning {
  readonly values?: Draft;
  /** The values are somebody's words already. */
  readonly touched?: boolean;
  readonly seen?: string;
}

/** Whose, of which case (`new` for one that is only being opened), which command. */
export const workId = (subject: string, target: string, type: string): string => `${subject}\n${target}\n${type}`;

export type WorkStore = ReturnType<typeof createWorkStore>;

export const createWorkStore = (newKey: () => string) => {
  const listeners = new Set<() => void>();
  let works: ReadonlyMap<string, Work> = new Map();

  const become = (next: ReadonlyMap<string, Work>): void => {
    works = next;
    listeners.forEach((tell) => tell());
  };
  const put = (id: string, work: Work): void => become(new Map(works).set(id, work));
  const change = (id: string, part: Partial<Work>): void => {
    const work = works.get(id);
    if (work !== undefined) put(id, { ...work, ...part });
  };
  const keep = (isKept: (id: string, work: Work) => boolean): void => become(new Map([...works].filter(([id, work]) => isKept(id, work))));

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: (id: string): Work | undefined => works.get(id),
    all: (): ReadonlyMap<string, Work> => works,
    /** Takes up what was begun before. */
    begin: (id: string, { values = {}, touched = false, seen }: Beginning): void => {
      if (!works.has(id)) put(id, { values, touched, sending: false, ...(seen !== undefined && { seen }) });
    },
    type: (id: string, pointer: string, value: string): void => {
      const work = works.get(id);
      if (work !== undefined) put(id, { ...work, touched: true, values: { ...work.values, [pointer]: value }, problem: withoutErrorAt(work.problem, pointer) });
    },
    /** Goes on from a newer revision than the one that was seen when it was begun. */
    accept: (id: string, seen: string): void => change(id, { seen, problem: undefined }),
    /** Leaves the question open whether the last attempt was done; what is sent next is another command. */
    edit: (id: string): void => change(id, { attempt: undefined, problem: undefined }),
    drop: (id: string): void => keep((other) => other !== id),
    dropUntouched: (id: string): void => keep((other, work) => other !== id || work.touched || work.sending),
    /** For whoever signs in next. */
    keepOnly: (subject: string): void => keep((id) => id.startsWith(`${subject}\n`)),
    dropAll: (): void => keep(() => false),
    hasUnsent: (): boolean => [...works.values()].some(({ touched, sending }) => touched || sending),

    /** Sends it once, however often it is asked to; the answer, or undefined when there was none or nothing was sent. */
    send: async (id: string, path: string, body: object, send: (request: CommandRequest) => Promise<CommandAnswer>): Promise<CommandAnswer | undefined> => {
      const work = works.get(id);
      if (work === undefined || work.sending) return undefined;
      const content = JSON.stringify([path, body]);
      const again = work.attempt?.content === content ? work.attempt : undefined;
      const attempt = { content, key: again?.key ?? newKey(), open: again?.open ?? false };
      put(id, { ...work, sending: true, attempt, problem: undefined });
      try {
        const answer = await send({ path, body, key: attempt.key, ...(work.seen !== undefined && { ifMatch: work.seen }) });
        keep((other) => other !== id);
        return answer;
      } catch (problem) {
        const open = isOpenAfter(problem, attempt.open);
        // That the sign-in ended is told where people sign in; afterwards the form is as it was before.
        const told = problem instanceof ProblemError && problem.status === 401 ? (open ? work.problem : undefined) : problem;
        change(id, { sending: false, problem: told, attempt: { ...attempt, open } });
        return undefined;
      }
    },
  };
};

const withoutErrorAt = (problem: unknown, pointer: string): unknown => {
  if (!(problem instanceof ProblemError) || !problem.problem.errors?.some(({ path }) => path === pointer)) return problem;
  return new ProblemError({ ...problem.problem, errors: problem.problem.errors.filter(({ path }) => path !== pointer) });
};

export type Outcome = 'not-done' | 'unknown' | 'conflict';

/** Of these it is known that nothing was written. */
const NOT_DONE = new Set(['offline', 'event-store-away', 'keys-away', 'busy', 'token-keys-away']);

/** What a failed attempt amounts to: whether it may have been done all the same. */
export const outcomeOf = (problem: unknown): Outcome => {
  if (!(problem instanceof ProblemError)) return 'unknown';
  const { status, code = '' } = problem.problem;
  if (status === 412) return 'conflict';
  if (NOT_DONE.has(code) || (status >= 400 && status < 500)) return 'not-done';
  return 'unknown';
};

/** Refusals by somebody who did not look for what had been done under the key before: no network, the limits, the sign-in, an engine that is away. */
const WITHOUT_A_LOOK = new Set([401, 403, 408, 429]);

/** Whether an attempt may have been done, after the answer to its latest sending. */
const isOpenAfter = (problem: unknown, before: boolean): boolean => {
  if (outcomeOf(problem) === 'unknown') return true;
  if (!before || !(problem instanceof ProblemError)) return false;
  const { status, code = '' } = problem.problem;
  return NOT_DONE.has(code) || WITHOUT_A_LOOK.has(status);
};

/** Whether the very same request may succeed a moment later. */
export const isWorthRepeating = (problem: unknown): boolean => {
  if (!(problem instanceof ProblemError)) return true;
  const { status, code = '' } = problem.problem;
  return status === 0 || status >= 500 || status === 408 || status === 429 || code === 'busy' || code === 'view-behind';
};
