import type { User, UserManager } from 'oidc-client-ts';
import { readToken } from './session.js';
import type { Session } from './session.js';
import type { OpenIdSettings } from './sign-in-settings.js';

/** Where the issuer sends people back to. */
export const SIGNED_IN_PATH = '/signed-in';

export type SignInFault = 'denied' | 'issuer-away' | 'not-begun-here' | 'no-token';

/** Signing in at the issuer did not succeed. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed';

  constructor(readonly fault: SignInFault, options?: ErrorOptions) {
    super(`Signing in failed: ${fault}`, options);
  }
}

interface SignedIn {
  readonly session: Session;
  readonly returnTo: string;
}

/** Signing in by authorization code with PKCE, at an OpenID Connect issuer. Everything it keeps is in sessionStorage. */
export interface OpenId {
  /** Leaves this page for the issuer's. @throws SignInFailed */
  begin(returnTo: string): Promise<void>;
  /** Exchanges the issuer's answer, which is in the address. @throws SignInFailed */
  complete(address: string): Promise<SignedIn>;
  /** A new token without asking anybody; undefined where the issuer gave nothing to renew with, or does not renew. */
  renew(): Promise<Session | undefined>;
  forget(): Promise<void>;
  /** Forgets the person, and ends their session at the issuer where it can be ended: then this page is left. */
  end(): Promise<void>;
}

export type OpenIdClient = OpenIdSettings & { readonly clientId: string };

interface Page {
  readonly origin: string;
  readonly storage: Storage;
}

export function createOpenId(settings: OpenIdClient, page: Page): OpenId {
  const managed = once(() => managerFor(settings, page));
  const completions = new Map<string, Promise<SignedIn>>();

  const complete = async (address: string): Promise<SignedIn> => {
    const { ErrorResponse } = await import('oidc-client-ts');
    const user = await (await managed()).signinRedirectCallback(address).catch((error: unknown) => {
      if (error instanceof ErrorResponse && error.error === 'access_denied') throw new SignInFailed('denied', { cause: error });
      throw new SignInFailed(error instanceof TypeError ? 'issuer-away' : 'not-begun-here', { cause: error });
    });
    const session = sessionOf(user);
    if (session === undefined) throw new SignInFailed('no-token');
    const { returnTo } = (user.state ?? {}) as { readonly returnTo?: unknown };
    return { session, returnTo: ownPath(returnTo) };
  };

  return {
    async begin(returnTo) {
      await (await managed()).signinRedirect({ state: { returnTo } }).catch((error: unknown) => { throw new SignInFailed('issuer-away', { cause: error }); });
    },
    complete(address) {
      // An answer is good for one exchange, and a page may ask twice.
      const completion = completions.get(address) ?? complete(address);
      completions.set(address, completion);
      return completion;
    },
    async renew() {
      const manager = await managed();
      // Without a refresh token the library would try a hidden frame, which browsers keep from the issuer's cookies.
      if ((await manager.getUser())?.refresh_token === undefined) return undefined;
      const user = await manager.signinSilent().catch(couldNotRenew);
      return user === null ? undefined : sessionOf(user);
    },
    async forget() {
      await (await managed()).removeUser();
    },
    async end() {
      const manager = await managed();
      const known = await manager.getUser();
      await manager.removeUser();
      if (known?.id_token === undefined || await manager.metadataService.getEndSessionEndpoint() === undefined) return;
      await manager.signoutRedirect({ id_token_hint: known.id_token });
    },
  };
}

/** Why is of no use here: the token goes on to its end, and whoever is at the page is asked then. */
const couldNotRenew = (): null => null;

/** Remembers what came of it, unless it failed. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make().catch((error: unknown) => {
    made = undefined;
    throw error;
  }));
}

/** Loaded when it is needed: most consoles sign in with a token that is pasted. */
async function managerFor({ url, clientId, scope, resource }: OpenIdClient, { origin, storage }: Page): Promise<UserManager> {
  const { UserManager: Manager, WebStorageStateStore } = await import('oidc-client-ts');
  return new Manager({
    authority: url,
    client_id: clientId,
    redirect_uri: `${origin}${SIGNED_IN_PATH}`,
    post_logout_redirect_uri: `${origin}/`,
    scope,
    ...(resource === undefined ? {} : { resource }),
    userStore: new WebStorageStateStore({ store: storage }),
    stateStore: new WebStorageStateStore({ store: storage }),
    automaticSilentRenew: false,
    loadUserInfo: false,
    monitorSession: false,
  });
}

const sessionOf = ({ access_token: token, profile }: Pick<User, 'access_token' | 'profile'>): Session | undefined => {
  const session = readToken(token);
  const name = profile.name ?? profile.preferred_username;
  return session === undefined || name === undefined ? session : { ...session, name };
};

/** A path of this console: what was kept may have been tampered with. */
const ownPath = (path: unknown): string => (typeof path === 'string' && /^\/(?![/\\])/.test(path) && !path.startsWith(SIGNED_IN_PATH) ? path : '/');
