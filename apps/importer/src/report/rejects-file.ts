import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError, reasonOf } from '../operator-error.js';

export interface Reject {
  readonly line: number;
  readonly key?: string;
  readonly code: string;
  readonly detail: string;
}

/** A CSV of the rows that were not taken. The file is made with the first of them; it holds none of their contents. */
export class RejectsFile {
  #handle: FileHandle | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(readonly file: string) {}

  get exists(): boolean {
    return this.#handle !== undefined;
  }

  /** Rejects are written in the order of the calls. */
  async add(rejects: readonly Reject[]): Promise<void> {
    if (rejects.length === 0) return;
    const text = rejects.map(({ line, key = '', code, detail }) => `${line},${cell(key)},${cell(code)},${cell(detail)}\n`).join('');
    this.#writing = this.#writing.then(() => this.#write(text));
    await this.#writing;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }

  async #write(text: string): Promise<void> {
    try {
      this.#handle ??= await this.#open();
      await this.#handle.appendFile(text);
    } catch (error) {
      throw new OperatorError(`Cannot write the rejects file ${this.file}: ${reasonOf(error)}`);
    }
  }

  async #open(): Promise<FileHandle> {
    await mkdir(path.dirname(this.file), { recursive: true });
    const handle = await open(this.file, 'w');
    await handle.appendFile('line,key,code,detail\n');
    return handle;
  }
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
