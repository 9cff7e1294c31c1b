import { createOpenId, type OpenId } from './open-id.js';
import { loadIssuer, type IssuerSettings } from './sign-in-settings.js';

/** How people sign in here: asked of the front once it is needed, and again if it did not answer. */
export interface SignInWay {
  settings(): Promise<IssuerSettings>;
  /** Undefined where people bring a token. */
  openId(): Promise<OpenId | undefined>;
}

export function createSignInWay(page: Parameters<typeof createOpenId>[1]): SignInWay {
  let loaded: Promise<{ settings: IssuerSettings; openId: OpenId | undefined }> | undefined;
  const load = () => (loaded ??= loadIssuer().then((settings) => {
    if (settings === 'built-in' || settings.clientId === null) return { settings, openId: undefined };
    return { settings, openId: createOpenId({ ...settings, clientId: settings.clientId }, page) };
  }).catch((error: unknown) => {
    loaded = undefined;
    throw error;
  }));
  return {
    settings: async () => (await load()).settings,
    openId: async () => (await load()).openId,
  };
}
