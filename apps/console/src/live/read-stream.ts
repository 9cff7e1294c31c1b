import { createParser } from 'eventsource-parser';

/** What the live stream says; see `GET /api/tickets/live`. */
export type LiveEvent =
  | { readonly event: 'position'; readonly position: string | null }
  | { readonly event: 'changed'; readonly ids: readonly string[]; readonly more: boolean; readonly position: string }
  | { readonly event: 'end'; readonly code: string };

const KNOWN = new Set(['position', 'changed', 'end']);

/** More than the largest event by far: what is larger is no event of ours. */
const LONGEST = 64 * 1024;

/**
 * Reads a body of server-sent events to its end. `heard` is called with every piece, comments too. Events of other names
 * are passed over: a newer service may send them.
 * @throws what ends it otherwise, a SyntaxError of an event that is no JSON too
 */
export const readStream = async (body: ReadableStream<Uint8Array>, tell: (event: LiveEvent) => void, heard: () => void): Promise<void> => {
  const parser = createParser({
    maxBufferSize: LONGEST,
    onError: (error) => { if (error.type === 'max-buffer-size-exceeded') throw error; },
    onEvent: ({ event = '', data }) => { if (KNOWN.has(event)) tell({ event, ...(JSON.parse(data) as object) } as LiveEvent); },
  });
  const text = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    parser.feed(text.decode(value, { stream: true }));
  }
};
