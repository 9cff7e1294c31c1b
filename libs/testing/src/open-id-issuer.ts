import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

interface Signing {
  readonly alg?: string;
  readonly kid?: string;
  readonly with?: CryptoKey | Uint8Array;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A real issuer on loopback, as OpenID Connect describes one; a spec makes it misbehave. */
export class OpenIdIssuer {
  /** What it answers instead of anything else. */
  answer: ((path: string) => Answer | undefined | Promise<Answer | undefined>) | undefined;
  readonly published: JWK[] = [];
  readonly asked: string[] = [];
  private readonly keys = new Map<string, CryptoKey>();
  private server: Server | undefined;
  private port = 0;

  static async start(): Promise<OpenIdIssuer> {
    const issuer = new OpenIdIssuer();
    await issuer.comeBack();
    await issuer.publish('one');
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/realms/mall`;
  }

  async publish(kid: string, alg = 'ES256'): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    this.keys.set(kid, privateKey);
    this.published.push({ ...await exportJWK(publicKey), kid, alg });
  }

  withdraw(kid: string): void {
    this.published.splice(this.published.findIndex((key) => key.kid === kid), 1);
  }

  /** A token of one hour; a claim that is undefined is left out. */
  token(claims: JWTPayload = {}, { alg = 'ES256', kid = 'one', with: key }: Signing = {}): Promise<string> {
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const all = { iss: this.url, aud: 'atrium', sub: 'ann', role: 'agent', iat: nowSeconds, exp: nowSeconds + 3_600, ...claims };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return new SignJWT(given).setProtectedHeader({ alg, kid }).sign(key ?? this.keys.get(kid) as CryptoKey);
  }

  /** Nothing listens at its address any more. */
  async goAway(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  async comeBack(): Promise<void> {
    this.server = createServer((request, response) => {
      const path = request.url ?? '';
      this.asked.push(path);
      void this.answerTo(path).then(({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
    });
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  private async answerTo(path: string): Promise<Answer> {
    return await this.answer?.(path) ?? this.document(path);
  }

  private document(path: string): Answer {
    switch (path) {
      case '/realms/mall/.well-known/openid-configuration': return { status: 200, body: JSON.stringify({ issuer: this.url, jwks_uri: `http://127.0.0.1:${this.port}/keys` }) };
      case '/keys': return { status: 200, body: JSON.stringify({ keys: this.published }) };
      default: return { status: 404, body: '{}' };
    }
  }
}
