import fs from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { codeOf } from '@atrium/embedded-postgres';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8', '.map': 'application/json; charset=utf-8', '.txt': 'text/plain; charset=utf-8', '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp', '.ico': 'image/x-icon',
  '.woff': 'font/woff', '.woff2': 'font/woff2', '.ttf': 'font/ttf', '.wasm': 'application/wasm',
};

/** Vite puts the hash of the content into these names, so that another content has another name. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/;

/** The file that a request's path names below a folder; undefined where it names none, or one that lies elsewhere. */
export function fileFor(folder: string, requestPath: string): string | undefined {
  const decoded = decode(requestPath);
  if (decoded === undefined || /[\0\\]/.test(decoded)) return undefined;
  const file = path.join(folder, decoded);
  if (!file.startsWith(folder + path.sep) || decoded.split('/').some((part) => part.startsWith('.'))) return undefined;
  return isFile(file) ? file : undefined;
}

function isFile(file: string): boolean {
  try {
    return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    // Longer than any file's name can be, or below what is no folder.
    if (['ENAMETOOLONG', 'ENOTDIR'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

/** Whether an address is one of the console's pages, which exist only in the browser: not a file's name. */
export const isPage = (requestPath: string): boolean => !path.posix.basename(requestPath).includes('.');

function decode(requestPath: string): string | undefined {
  try {
    return decodeURIComponent(requestPath);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Sends a file, or 304 to who has it already. A file with a hashed name may be kept for ever, any other is asked for again. */
export async function sendFile(request: IncomingMessage, response: ServerResponse, file: string, requestPath: string): Promise<void> {
  const { size, mtimeMs } = await fs.promises.stat(file);
  const etag = `"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`;
  const headers = {
    etag,
    'content-type': TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    'cache-control': HASHED.test(requestPath) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'content-length': size });
  if (request.method === 'HEAD') response.end();
  else await pipeline(fs.createReadStream(file), response);
}
