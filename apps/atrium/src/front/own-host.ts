/** The names of this machine's loopback, by which alone the front may be called. */
const OWN_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a request was meant for this machine. A web page elsewhere can make its own name point to 127.0.0.1 and so
 * have a browser read from us; the Host header then still carries that name. The port may differ: tunnels change it.
 */
export function isOwnHost(host: string | undefined): boolean {
  const [, name] = /^(\[[0-9a-f:]+\]|[^:]+)(?::\d{1,5})?$/i.exec(host ?? '') ?? [];
  return name !== undefined && OWN_NAMES.has(name.toLowerCase());
}
