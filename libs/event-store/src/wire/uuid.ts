import type { WireReader } from './reader.js';

/** As a text, whichever of its two forms a server answers with. */
export function readUuid(reader: WireReader): string | undefined {
  let id: string | undefined;
  while (reader.next()) {
    if (reader.field === 1) id = readHalves(reader.message());
    else if (reader.field === 2) id = reader.text();
    else reader.skip();
  }
  return id;
}

function readHalves(reader: WireReader): string {
  const halves = [0n, 0n];
  while (reader.next()) {
    if (reader.field === 1 || reader.field === 2) halves[reader.field - 1] = reader.uint64();
    else reader.skip();
  }
  const digits = halves.map((half) => half.toString(16).padStart(16, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
