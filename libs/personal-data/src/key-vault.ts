import { decrypt, encrypt, newKey, parseMasterKey, unwrap, wrap, type MasterKey } from './cipher.js';
import { PersonForgotten, SealBroken, WrongMasterKey } from './errors.js';
import { KeyCache } from './key-cache.js';
import { KeyDatabase } from './key-database.js';
import { OpeningCounter } from './opening-counter.js';
import { erased, type Sealed } from './sealed.js';

export interface KeyVaultOptions {
  /** `postgres://…/keys`, a database of its own. It is first used when a key is. */
  readonly url: string;
  /** ATRIUM_KEYS_MASTER: 64 hexadecimal digits, under which the keys are stored. */
  readonly master: string;
  /** At most 60 s, which is how long a key destroyed by another process may still open. Milliseconds. */
  readonly cacheMs?: number;
  readonly cachedKeys?: number;
  /** A monotonic clock in milliseconds. */
  readonly now?: () => number;
}

const longestCacheMs = 60_000;

/** One AES-256-GCM key a person. The only place that holds keys. */
export class KeyVault {
  readonly #database: KeyDatabase;
  readonly #master: MasterKey;
  readonly #cache: KeyCache;
  readonly #openings: OpeningCounter;
  #forgotten = 0;

  /** @throws TypeError for a master key that is none, or a longer cache */
  constructor({ url, master, cacheMs = longestCacheMs, cachedKeys = 10_000, now = () => performance.now() }: KeyVaultOptions) {
    if (cacheMs > longestCacheMs) throw new TypeError(`Keys are cached for at most ${longestCacheMs} ms`);
    this.#master = parseMasterKey(master);
    this.#database = new KeyDatabase(url);
    this.#cache = new KeyCache({ now, lifetimeMs: cacheMs, capacity: cachedKeys });
    this.#openings = new OpeningCounter(this.#database);
  }

  /** Makes sure that each person has a stored key, once, whoever else does the same. @throws PersonForgotten, KeysUnavailable */
  async ensureKeys(personIds: readonly string[]): Promise<void> {
    const keys = await this.#find(personIds);
    // In one order everywhere, so that two batches do not wait for each other's rows.
    const missing = [...keys].filter(([, key]) => key === undefined).map(([personId]) => personId).sort();
    if (missing.length > 0) {
      await this.#database.insert(missing.map((personId) => ({ personId, wrapped: wrap(this.#master, personId, newKey()) })), this.#master.id);
      for (const [personId, key] of await this.#find(missing)) keys.set(personId, key);
    }
    for (const [personId, key] of keys) {
      if (!Buffer.isBuffer(key)) throw new PersonForgotten(personId);
    }
  }

  async ensureKey(personId: string): Promise<void> {
    await this.ensureKeys([personId]);
  }

  /** Makes the person's key when there is none. @throws PersonForgotten, KeysUnavailable */
  async seal(personId: string, field: string, clear: string): Promise<Sealed> {
    let key = this.#cache.get(personId);
    if (!key) {
      await this.ensureKey(personId);
      key = (await this.#find([personId])).get(personId) ?? undefined;
      if (!key) throw new PersonForgotten(personId);
    }
    return { sealed: encrypt(key, Buffer.from(clear), associated(personId, field)).toString('base64url'), personId, field };
  }

  /**
   * Opens in the order given, all missing keys by one query; `erased` where the key no longer exists. The purpose,
   * such as `view complaint`, is counted by day; it must not name a person.
   * @throws SealBroken, KeysUnavailable
   */
  async openMany(values: readonly Sealed[], purpose: string): Promise<(string | typeof erased)[]> {
    if (!/^[a-z][a-z0-9 -]{0,79}$/.test(purpose)) throw new TypeError('A purpose is a few lower-case words');
    if (values.length === 0) return [];
    const keys = await this.#find(values.map(({ personId }) => personId));
    const opened = values.map(({ sealed, personId, field }) => {
      const key = keys.get(personId);
      if (!key) return erased;
      const clear = decrypt(key, Buffer.from(sealed, 'base64url'), associated(personId, field));
      if (!clear) throw new SealBroken(personId, field);
      return clear.toString();
    });
    this.#openings.count(purpose, opened);
    return opened;
  }

  /** Destroys the person's key: what was sealed with it stays closed for ever, in every copy. @throws KeysUnavailable */
  async forget(personId: string): Promise<void> {
    this.#forgotten += 1;
    await this.#database.destroy(personId, this.#master.id);
    this.#forgotten += 1;
    this.#cache.delete(personId);
  }

  /** Writes the outstanding counts and ends the connections. */
  async close(): Promise<void> {
    await this.#openings.flushed();
    await this.#database.close();
  }

  /** Undefined: there is none; null: it was destroyed. */
  async #find(personIds: readonly string[]): Promise<Map<string, Buffer | null | undefined>> {
    const keys = new Map<string, Buffer | null | undefined>();
    for (const personId of personIds) keys.set(personId, this.#cache.get(personId));
    const missing = [...keys].filter(([, key]) => key === undefined).map(([personId]) => personId);
    if (missing.length === 0) return keys;

    const forgottenBefore = this.#forgotten;
    for (const { personId, wrapped, masterId } of await this.#database.find(missing)) {
      if (wrapped === null) {
        keys.set(personId, null);
        continue;
      }
      const key = masterId === this.#master.id ? unwrap(this.#master, personId, wrapped) : undefined;
      if (!key) throw new WrongMasterKey();
      keys.set(personId, key);
      // What was read while somebody was being forgotten may be that person's key.
      if (this.#forgotten === forgottenBefore) this.#cache.set(personId, key);
    }
    return keys;
  }
}

const associated = (personId: string, field: string): string => JSON.stringify(['atrium seal', personId, field]);
