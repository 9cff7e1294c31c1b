import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse } from '@nestjs/swagger';
import { ApiGuarded, ApiTakesBody, refToAnswer, refToInput, type OpenApiSchema } from '../openapi.js';
import { importEnd, importRow, rowResult } from './import-row.js';

const NDJSON = 'application/x-ndjson';

/** OpenAPI has no word for lines of JSON: they are a text, and `x-line` is the schema of each. */
const linesOf = (line: object): OpenApiSchema => ({ type: 'string', contentMediaType: NDJSON, 'x-line': line }) as OpenApiSchema;

const rows = [
  { key: 'till-7/2025-03-01/41', mallId: 'main', backdatingReason: 'paper book of the desk', commands: [
    { type: 'RegisterComplaint', occurredAt: '2025-03-01T10:05:00+08:00', data: { channel: 'desk', subject: '电梯按钮不亮', description: '三楼北侧电梯' } },
    { type: 'RouteComplaint', occurredAt: '2025-03-01T10:20:00+08:00', data: { department: '工程部' } },
  ] },
];

/** What the import route takes and answers. */
export const ApiImport = () => applyDecorators(
  ApiGuarded(),
  ApiConsumes(NDJSON),
  ApiTakesBody(NDJSON, '16 MiB, or holds more rows than are taken at once'),
  ApiBody({ required: true, description: 'One case a line, of at most 256 KiB', schema: linesOf(refToInput(importRow)), examples: { rows: { summary: 'A case with its history', value: rows.map((row) => `${JSON.stringify(row)}\n`).join('') } } }),
  ApiResponse({
    status: 200,
    description: 'One line a row, in order, and a last line with the counts. A row that is refused stops no other. An answer that ends without its last line was cut short: send again what was not answered',
    content: { [NDJSON]: { schema: linesOf({ oneOf: [refToAnswer(rowResult), refToAnswer(importEnd)] }) } },
  }),
);
