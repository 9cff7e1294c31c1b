/** Tells the parent where the engine answers, and stops it on request or when the parent is gone. */
export function serveUntilParentEnds(url: string, stop: () => Promise<void>): void {
  const end = () => void stop().then(() => process.exit(0), (error: unknown) => { console.error(error); process.exit(1); });
  process.once('message', end);
  process.once('disconnect', end);
  process.send?.({ url });
}
