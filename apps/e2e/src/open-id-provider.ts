import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** What the console's access tokens are for. */
export const AUDIENCE = 'https://atrium.example/api';
export const CLIENT_ID = 'atrium-console';
export const ROLE_CLAIM = 'realm_access.roles';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A certified OpenID Connect provider with pages of its own to sign in and to consent: any password will do, and who signs
 * in as `agent` has that role.
 */
export class OpenIdProvider {
  /** Seconds that access tokens last from now on. */
  tokensLast = 600;
  private handler: Handler = (_request, response) => response.writeHead(503).end();
  private readonly server = createServer((request, response) => this.handler(request, response));

  static async start(): Promise<OpenIdProvider> {
    const provider = new OpenIdProvider();
    await new Promise<void>((resolve) => provider.server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Takes the console for its client, from when it is known where that is. */
  serve(console: string): void {
    const provider = new Provider(this.issuer, {
      clients: [{
        client_id: CLIENT_ID, token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
        redirect_uris: [`${console}/signed-in`], post_logout_redirect_uris: [`${console}/`],
      }],
      clientBasedCORS: () => true,
      pkce: { required: () => true },
      claims: { openid: ['sub', 'name'] },
      conformIdTokenClaims: false,
      findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id, name: `李娜 ${id}` }) }),
      extraTokenClaims: (_context: unknown, { accountId }: { readonly accountId: string }) => ({ realm_access: { roles: ['offline_access', accountId] } }),
      issueRefreshToken: async () => true,
      ttl: { AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, RefreshToken: 600, Session: 600 },
      features: {
        resourceIndicators: {
          enabled: true,
          useGrantedResource: async () => true,
          getResourceServerInfo: () => ({ scope: '', audience: AUDIENCE, accessTokenFormat: 'jwt', accessTokenTTL: this.tokensLast, jwt: { sign: { alg: 'RS256' } } }),
        },
      },
    });
    const handle = provider.callback();
    this.handler = (request, response) => void handle(request, response);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
