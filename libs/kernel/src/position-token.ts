/** Which log, and how far in it: what `Atrium-Position` carries and `after=` waits for. */
export interface PositionToken {
  readonly source: string;
  readonly position: bigint;
}

/** An opaque, URL-safe text; its inside is no promise to clients. */
export const encodeToken = ({ source, position }: PositionToken): string => toBase64Url(`${source}@${position}`);

/** Undefined when the text was not made by {@link encodeToken}. */
export function decodeToken(text: string): PositionToken | undefined {
  const match = /^([a-z][a-z-]*)@(\d{1,20})$/.exec(fromBase64Url(text));
  return match ? { source: match[1] as string, position: BigInt(match[2] as string) } : undefined;
}

const toBase64Url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function fromBase64Url(text: string): string {
  return /^[\w-]{1,200}$/.test(text) && text.length % 4 !== 1 ? atob(text.replaceAll('-', '+').replaceAll('_', '/')) : '';
}
