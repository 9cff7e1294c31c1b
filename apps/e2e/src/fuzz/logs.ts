const FAULTS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an error nobody foresaw', /\bincident\b|unhandled|uncaught|\bFATAL\b|\bPANIC\b/i],
  ['a stack', /^\s+at \S/m],
  ['a token', /\beyJ[\w-]{20,}\.[\w-]{20,}/],
  ['a key', /-----BEGIN|"d":"/],
];

/** What the logs of a system tell that they must not, or that nobody foresaw; each with its line. `canary`: a text that people wrote. */
export function faultsInLogs(logs: Readonly<Record<string, string>>, canary: string): string[] {
  const patterns = [...FAULTS, ['what people wrote', new RegExp(canary)] as const];
  return Object.entries(logs).flatMap(([name, text]) => patterns.flatMap(([what, pattern]) => {
    const line = text.split('\n').find((one) => pattern.test(one));
    return line === undefined ? [] : [`The log of ${name} holds ${what}: ${line.slice(0, 300)}`];
  }));
}
