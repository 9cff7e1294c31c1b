import { isUtf8 } from 'node:buffer';

/** A physical line without its end. `fault` says why its text cannot be used. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly fault?: 'not-utf8' | 'too-long';
}

/** What a line may measure in bytes; a longer one is reported and skipped, so that memory stays bounded. */
export const longestLine = 1024 * 1024;

const newline = 0x0a;
const byteOrderMark = '\uFEFF';

/** Splits bytes into numbered lines, as many at a time as a chunk completes. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Line[]> {
  const splitter = new Splitter();
  for await (const chunk of chunks) {
    const lines = splitter.take(chunk);
    if (lines.length > 0) yield lines;
  }
  yield splitter.end();
}

class Splitter {
  #number = 0;
  #parts: Uint8Array[] = [];
  #held = 0;

  take(chunk: Uint8Array): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
      this.#hold(chunk.subarray(from, at));
      lines.push(this.#line());
      from = at + 1;
    }
    this.#hold(chunk.subarray(from));
    return lines;
  }

  end(): Line[] {
    return this.#held === 0 ? [] : [this.#line()];
  }

  #hold(part: Uint8Array): void {
    this.#held += part.length;
    if (this.#held > longestLine) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  #line(): Line {
    const bytes = Buffer.concat(this.#parts);
    const tooLong = this.#held > longestLine;
    this.#parts = [];
    this.#held = 0;
    this.#number += 1;
    if (tooLong) return { number: this.#number, text: '', fault: 'too-long' };
    if (!isUtf8(bytes)) return { number: this.#number, text: '', fault: 'not-utf8' };
    const text = bytes.toString('utf8').replace(/\r$/, '');
    return { number: this.#number, text: this.#number === 1 && text.startsWith(byteOrderMark) ? text.slice(1) : text };
  }
}
