/** The long-lived calls, so that a stop can end them in good order. */
export class OpenCalls {
  private readonly ends = new Set<() => void>();

  /** Until the returned function is called, `end` is what ends the call when the server stops. */
  add(end: () => void): () => void {
    this.ends.add(end);
    return () => this.ends.delete(end);
  }

  get count(): number {
    return this.ends.size;
  }

  endAll(): void {
    for (const end of [...this.ends]) end();
  }
}
