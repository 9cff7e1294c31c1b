import { createLocalJWKSet, errors, type CryptoKey, type FlattenedJWSInput, type JSONWebKeySet, type JWSHeaderParameters } from 'jose';
import { z } from 'zod';

/** How long the keys are taken as they were when the issuer published them. */
export const FRESH_MS = 5 * 60_000;

/** How long they are taken while the issuer does not answer: a desk goes on working while its issuer is restarted. */
const STALE_MS = 60 * 60_000;

/** Between two tries, so that neither an issuer that is away nor made-up key ids make us ask at every request. */
const SHORTEST_INTERVAL_MS = 2_000;

const TIMEOUT_MS = 2_500;
const LARGEST_ANSWER = 1024 * 1024;

export interface IssuerAddress {
  /** As tokens name it. A URL, unless `jwksUrl` is given. */
  readonly issuer: string;
  readonly jwksUrl?: string;
}

/** `stale`: the issuer does not answer, and its last keys are still taken. `none`: no token can be verified. */
export type KeysHealth = 'fresh' | 'stale' | 'none';

/** The issuer does not answer, or not with keys; the message is for operators. */
export class IssuerAway extends Error {
  override readonly name = 'IssuerAway';
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

type Lookup = ReturnType<typeof createLocalJWKSet>;

/** The keys that an issuer publishes: where its discovery document says, or at a given address. */
export class IssuerKeys {
  #known: { readonly lookup: Lookup; readonly at: number } | undefined;
  #asking: Promise<void> | undefined;
  #tried = -Infinity;
  #failure: IssuerAway | undefined;

  constructor(private readonly address: IssuerAddress) {}

  /** The key that a token names. @throws IssuerAway, or jose's JWKSNoMatchingKey */
  readonly find = async (header?: JWSHeaderParameters, token?: FlattenedJWSInput): Promise<CryptoKey> => {
    await this.#refresh();
    const { lookup } = this.#usable();
    try {
      return await lookup(header, token);
    } catch (error) {
      // It may have been published since.
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.#mayAsk()) throw error;
      await this.#ask();
      // Whether it has been is not known while the issuer is away: no reason to refuse the token for good.
      if (this.#failure !== undefined) throw this.#failure;
      return await this.#usable().lookup(header, token);
    }
  };

  async health(): Promise<KeysHealth> {
    await this.#refresh();
    return this.#age() < FRESH_MS ? 'fresh' : this.#age() < STALE_MS ? 'stale' : 'none';
  }

  #age(): number {
    return this.#known === undefined ? Infinity : Date.now() - this.#known.at;
  }

  #usable(): { readonly lookup: Lookup } {
    if (this.#known === undefined || this.#age() >= STALE_MS) throw this.#failure ?? new IssuerAway('The keys of the issuer are not known yet');
    return this.#known;
  }

  /** Whoever can do with what is known waits once for an issuer that does not answer, not at every try. */
  async #refresh(): Promise<void> {
    if (this.#age() < FRESH_MS) return;
    const mayGoOn = this.#failure !== undefined && this.#age() < STALE_MS;
    const asking = this.#ask();
    if (!mayGoOn) await asking;
  }

  #mayAsk(): boolean {
    return this.#asking !== undefined || Date.now() - this.#tried >= SHORTEST_INTERVAL_MS;
  }

  /** Never rejects: what went wrong is kept, and what was known stays. */
  #ask(): Promise<void> {
    if (!this.#mayAsk()) return Promise.resolve();
    this.#asking ??= this.#fetchKeys().finally(() => { this.#asking = undefined; });
    return this.#asking;
  }

  async #fetchKeys(): Promise<void> {
    this.#tried = Date.now();
    try {
      const { keys } = await fetchJson(this.address.jwksUrl ?? await this.#discover(), keySet);
      this.#known = { lookup: createLocalJWKSet({ keys } as JSONWebKeySet), at: Date.now() };
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error instanceof IssuerAway ? error : new IssuerAway('The issuer does not answer', { cause: error });
    }
  }

  async #discover(): Promise<string> {
    const { issuer } = this.address;
    const { issuer: named, jwks_uri: jwksUrl } = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, discovery);
    // Or one issuer could speak for another (OpenID Connect Discovery §4.3).
    if (named !== issuer) throw new IssuerAway(`The discovery document at ATRIUM_ISSUER names another issuer, ${named.slice(0, 200)}: both must be the same, to the last slash`);
    return sameTransport(issuer, jwksUrl);
  }
}

/** What is asked for over TLS does not lead to keys that anybody on the way may exchange. @throws IssuerAway */
export function sameTransport(issuer: string, jwksUrl: string): string {
  if (/^https:/i.test(issuer) && !/^https:/i.test(jwksUrl)) throw new IssuerAway('The discovery document at ATRIUM_ISSUER names keys without TLS');
  return jwksUrl;
}

async function fetchJson<Schema extends z.ZodType>(url: string, schema: Schema): Promise<z.output<Schema>> {
  const response = await fetch(url, { redirect: 'error', headers: { accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) {
    await response.body?.cancel();
    throw new IssuerAway(`The issuer answers ${response.status}`);
  }
  const parsed = schema.safeParse(parseJson(await textOf(response)));
  if (!parsed.success) throw new IssuerAway('The issuer answers with something else than its keys or their address');
  return parsed.data;
}

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  if (body === null) return text;
  for await (const part of body) {
    text += decoder.decode(part as Uint8Array, { stream: true });
    if (text.length > LARGEST_ANSWER) throw new IssuerAway('The issuer answers with more than its keys');
  }
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new IssuerAway('The issuer answers with no JSON', { cause: error });
  }
}
