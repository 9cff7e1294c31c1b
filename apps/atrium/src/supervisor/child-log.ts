import fs from 'node:fs';
import path from 'node:path';
import { giveToOwnerOfFolder } from '@atrium/embedded-postgres';

const LIMIT_BYTES = 8_000_000;
const TAIL_BYTES = 4_000;

/** What a child writes goes to a file of its name; the one before it is kept when it has grown large. */
export class ChildLog {
  readonly file: string;

  constructor(folder: string, name: string) {
    this.file = path.join(folder, `${name}.log`);
  }

  /** A file descriptor for the child's output; the caller closes it. */
  open(): number {
    if ((fs.statSync(this.file, { throwIfNoEntry: false })?.size ?? 0) > LIMIT_BYTES) fs.renameSync(this.file, `${this.file}.1`);
    const fd = fs.openSync(this.file, 'a', 0o600);
    giveToOwnerOfFolder(this.file);
    return fd;
  }

  /** The last line that was written, if any. */
  lastLine(): string | undefined {
    const fd = fs.openSync(this.file, 'r');
    try {
      const { size } = fs.fstatSync(fd);
      const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
      fs.readSync(fd, tail, 0, tail.length, size - tail.length);
      return tail.toString('utf8').split('\n').map((line) => line.trim()).findLast((line) => line !== '');
    } finally {
      fs.closeSync(fd);
    }
  }
}
