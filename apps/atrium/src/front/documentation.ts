import { createRequire } from 'node:module';
import path from 'node:path';
import type { HostedService } from '../host/hosted-service.js';

/** The viewer's files, from npm: nothing is loaded from elsewhere. */
export const viewerFolder = (): string => path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

export const VIEWER_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Atrium API</title>
    <link rel="stylesheet" href="/docs/viewer/swagger-ui.css">
    <link rel="icon" type="image/png" href="/docs/viewer/favicon-32x32.png">
  </head>
  <body>
    <div id="viewer"></div>
    <script src="/docs/viewer/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

export const VIEWER_SCRIPT = `SwaggerUIBundle({ url: '/docs/openapi.json', dom_id: '#viewer', deepLinking: true, validatorUrl: null, persistAuthorization: false });
`;

interface OpenApiDocument {
  readonly paths?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly { readonly name: string }[];
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One document of all services. Their paths differ by their names; a component that two define must be the same. */
export function mergeOpenApi(services: readonly Pick<HostedService, 'name' | 'openApi'>[]): object {
  const components: Record<string, Record<string, unknown>> = {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'npm run --silent token -- <role>' } },
  };
  const paths: Record<string, unknown> = {};
  const tags: { readonly name: string }[] = [];
  for (const { name, openApi } of services) {
    const document = openApi() as OpenApiDocument;
    Object.assign(paths, document.paths);
    tags.push(...(document.tags ?? []));
    for (const [kind, entries] of Object.entries(document.components ?? {})) {
      const known = components[kind] ??= {};
      for (const [key, value] of Object.entries(entries)) {
        if (key in known && kind !== 'securitySchemes' && JSON.stringify(known[key]) !== JSON.stringify(value)) {
          throw new Error(`The service ${name} defines the component ${kind}/${key} otherwise than another service does`);
        }
        known[key] = value;
      }
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Atrium', version: '1', description: 'Commands need an Idempotency-Key; queries take after=<Atrium-Position of a command>.' },
    servers: [{ url: '/' }], security: [{ bearer: [] }], tags, paths, components,
  };
}
