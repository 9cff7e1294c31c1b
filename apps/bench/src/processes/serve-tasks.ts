/** What a worker process can do, by name: its input and answer travel as structured clones. */
export type Tasks = Readonly<Record<string, (input: never) => Promise<unknown>>>;

export type Request = { readonly task: string; readonly input: unknown };
export type Answer = { readonly value: unknown } | { readonly error: string };

/** Does one task after the other for the process that forked this one, and ends with it. */
export function serveTasks(tasks: Tasks, stop: () => Promise<unknown> = async () => undefined): void {
  process.on('message', ({ task, input }: Request) => {
    const work = tasks[task] as ((input: unknown) => Promise<unknown>) | undefined;
    void (work === undefined ? Promise.reject(new Error(`There is no task ${task}`)) : work(input)).then(
      (value) => answer({ value }),
      (error: unknown) => answer({ error: error instanceof Error ? error.stack ?? error.message : String(error) }),
    );
  });
  process.once('disconnect', () => void stop().finally(() => process.exit(0)));
  answer({ value: 'ready' });
}

/** Whoever asked may have gone meanwhile; then there is nobody to tell. */
const answer = (message: Answer): void => void process.send?.(message, undefined, {}, () => undefined);
