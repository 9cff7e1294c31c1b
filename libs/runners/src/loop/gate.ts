/** One at a time: the live loop takes it for a batch, a rebuild to hold the live loop between two batches. */
export class Gate {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.then(() => undefined, () => undefined);
    return result;
  }
}
