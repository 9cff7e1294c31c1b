import { decodeToken } from '@atrium/kernel';

/** What became of the rows so far. Every row that was read ends as one of the three, unless the run was cut short. */
export class Tally {
  read = 0;
  accepted = 0;
  duplicates = 0;
  rejected = 0;
  /** The token of the highest position the system answered with. */
  position: string | undefined;

  get settled(): number {
    return this.accepted + this.duplicates + this.rejected;
  }

  /** Keeps the higher of two tokens, whichever request answered last. */
  reached(token: string): void {
    const next = decodeToken(token)?.position ?? 0n;
    const held = this.position === undefined ? -1n : (decodeToken(this.position)?.position ?? -1n);
    if (next > held) this.position = token;
  }
}
