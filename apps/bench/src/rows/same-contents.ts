/** @throws when streams differ in what they hold, but for so many of another kind */
export function sameContents(contents: ReadonlyMap<string, number>, others = 0): string {
  const [most = 0, ...rest] = [...contents.values()].sort((a, b) => b - a);
  const different = rest.reduce((sum, count) => sum + count, 0);
  if (different > others) throw new Error(`${different} streams hold something else than the other ${most}`);
  return `${most} streams, all of the same events`;
}

/**
 * @throws when one side did other work than the other: each digest must stand as often on either, a round taken by itself
 */
export function equalContents(what: ReadonlyMap<string, number>, rounds: number, against: ReadonlyMap<string, number>, againstRounds: number): string {
  const digests = new Set([...what.keys(), ...against.keys()]);
  const differing = [...digests].filter((digest) => (what.get(digest) ?? 0) * againstRounds !== (against.get(digest) ?? 0) * rounds);
  if (differing.length > 0) throw new Error(`The two sides differ in ${differing.length} of ${digests.size} kinds of streams`);
  const streams = [...what.values()].reduce((sum, count) => sum + count, 0) / rounds;
  return `${streams} streams a round, ${digests.size} kinds, on either side the same events`;
}
