import { OperatorError } from '../operator-error.js';

/** The objects of an NDJSON answer. A last line without its newline was cut off and is left out. */
export async function* jsonLines(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const chunk of chunks) {
    const lines = (held + decoder.decode(chunk, { stream: true })).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield parsed(line);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new OperatorError('The system answered with a line that is no JSON; is this the address of Atrium?', { cause: error });
  }
}
