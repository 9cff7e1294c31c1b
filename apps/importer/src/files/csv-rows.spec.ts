import type { FileRow } from '../sources/source.js';
import { longestRecord, readCsv } from './csv-rows.js';
import { longestLine } from './lines.js';

type Shown = readonly [line: number, cells: string];

/** Cuts the text into chunks of one size, so that every boundary falls somewhere. */
async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function rowsOf(content: string | Buffer, chunk = 7): Promise<readonly Shown[]> {
  const bytes = Buffer.from(content);
  const { rows } = await readCsv({ name: 'spec.csv', totalBytes: bytes.length, bytes: chunked(bytes, chunk) }, ['a', 'b']);
  const shown: Shown[] = [];
  for await (const row of rows) shown.push([row.line, show(row)]);
  return shown;
}

const show = (row: FileRow): string => ('problem' in row ? `${row.problem.unusable}: ${row.problem.detail}` : Object.values(row.fields).join('|'));

describe('rows of a CSV', () => {
  it.each([1, 2, 3, 7, 64, 1024])('are the same in chunks of %d bytes', async (chunk) => {
    const text = '\uFEFFa,b,c\r\n1,é,"x, y"\r\n\r\n2,"say ""hi""",\r\n3,"two\r\nlines",z\r\n4,汉字,end';
    expect(await rowsOf(text, chunk)).toEqual([
      [2, '1|é|x, y'],
      [4, '2|say "hi"|'],
      [5, '3|two\nlines|z'],
      [7, '4|汉字|end'],
    ]);
  });

  it('come by column name, wherever the column stands', async () => {
    const bytes = Buffer.from('c, b ,a\n1,2,3\n');
    const { rows } = await readCsv({ name: 'spec.csv', totalBytes: 12, bytes: chunked(bytes, 5) }, ['a', 'b']);
    for await (const row of rows) expect(row).toEqual({ line: 2, fields: { c: '1', b: '2', a: '3' } });
  });

  it('with too few or too many columns are broken, and cost no other', async () => {
    expect(await rowsOf('a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11,12\n13,14,15\n')).toEqual([
      [2, '1|2|3'],
      [3, 'broken-row: the row has 2 columns, the header 3'],
      [4, '6|7|8'],
      [5, 'broken-row: the row has 4 columns, the header 3'],
      [6, '13|14|15'],
    ]);
  });

  it('with a quote in the wrong place are broken', async () => {
    expect(await rowsOf('a,b\n1,x"y"\n2,"x"y\n3,4\n')).toEqual([
      [2, 'broken-row: the row has a quote in the wrong place'],
      [3, 'broken-row: the row has a quote in the wrong place'],
      [4, '3|4'],
    ]);
  });

  describe('after a quote that is never closed', () => {
    it('go on at the next line', async () => {
      expect(await rowsOf('a,b\n1,"open\n2,x\n3,y\n')).toEqual([
        [2, 'broken-row: the line has a quote that is not closed'],
        [3, '2|x'],
        [4, '3|y'],
      ]);
    });

    it('are not swallowed up to the next quoted cell', async () => {
      expect(await rowsOf('a,b\n1,"open\n2,x\n3,"quoted, y"\n4,"also\nopen"\n5,"open again\n6,z\n')).toEqual([
        [2, 'broken-row: the line has a quote that is not closed'],
        [3, '2|x'],
        [4, '3|quoted, y'],
        [5, '4|also\nopen'],
        [7, 'broken-row: the line has a quote that is not closed'],
        [8, '6|z'],
      ]);
    });

    it(`are found again also when more than ${longestRecord} lines follow`, async () => {
      const lines = Array.from({ length: longestRecord * 2 }, (_, index) => `${index},x`);
      const rows = await rowsOf(`a,b\n1,"open\n${lines.join('\n')}\n`, 4096);
      expect(rows).toHaveLength(1 + lines.length);
      expect(rows[0]).toEqual([2, 'broken-row: the line has a quote that is not closed']);
      expect(rows.at(-1)).toEqual([longestRecord * 2 + 2, `${longestRecord * 2 - 1}|x`]);
    });
  });

  it('over several lines that are no row in any reading are broken as one', async () => {
    expect(await rowsOf('a,b\n1,"x\ny",3\n4,5\n')).toEqual([
      [2, 'broken-row: the row has 3 columns, the header 2'],
      [4, '4|5'],
    ]);
  });

  it('that are not UTF-8 are broken', async () => {
    const text = Buffer.concat([Buffer.from('a,b\n1,2\n3,caf'), Buffer.from([0xe9]), Buffer.from('\n4,5\n')]);
    expect(await rowsOf(text)).toEqual([
      [2, '1|2'],
      [3, 'broken-row: the line is not UTF-8'],
      [4, '4|5'],
    ]);
  });

  it('that are longer than a row may be are broken, and are not kept', async () => {
    const rows = await rowsOf(`a,b\n1,${'x'.repeat(longestLine)}\n2,3\n`, 64 * 1024);
    expect(rows).toEqual([
      [2, 'broken-row: the line is longer than 1024 KiB'],
      [3, '2|3'],
    ]);
  });
});

describe('the header of a CSV', () => {
  it.each([
    ['lacks columns', 'a,c\n1,2\n', 'spec.csv lacks 1 of the columns it must have: b.'],
    ['has other separators', 'a;b\n1;2\n', 'spec.csv lacks 2 of the columns it must have: a, b.'],
    ['is not there', '', 'spec.csv is empty.'],
    ['has an open quote', 'a,"b\n1,2\n', 'spec.csv is not a CSV: its first line has a quote that is not closed.'],
  ])('that %s ends the reading before any row', async (_what, content, message) => {
    await expect(rowsOf(content)).rejects.toThrow(message);
  });

  it('in UTF-16 is named as such a thing', async () => {
    await expect(rowsOf(Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'))).rejects.toThrow('spec.csv is not a CSV in UTF-8: its first line is not UTF-8.');
  });
});
