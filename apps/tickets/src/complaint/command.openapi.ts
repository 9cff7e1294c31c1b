import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader } from '@nestjs/swagger';
import type { ComplaintCommandDefinition } from '@atrium/tickets-domain';
import { ApiAnswer, ApiComplaintId, ApiGuarded, ApiIdempotencyKey, ApiTakesBody, problem, schemaOf } from '../openapi.js';
import { commandAnswer } from './command-answer.js';
import { bodyOf } from './command-body.js';
import { commandExamples } from './command-examples.js';

/** What a command takes and answers, and how it may be refused. */
export const ApiCommand = (definition: ComplaintCommandDefinition) => {
  const creates = 'creates' in definition;
  return applyDecorators(
    ApiGuarded(),
    ApiTakesBody('application/json', '256 KiB'),
    ApiIdempotencyKey('New for each command, the same when it is repeated. Remembered for each complaint, for ever'),
    ...(creates ? [] : [
      ApiComplaintId(),
      ApiHeader({ name: 'If-Match', required: false, description: 'The ETag you read; refused with 412 when another person has written since', schema: { type: 'string', examples: ['"7"'] } }),
      problem(412, 'Someone else has written since; `changes` says what'),
    ]),
    ApiBody({ schema: schemaOf(bodyOf(definition)), required: true, examples: { desk: { summary: definition.title.en, value: commandExamples[definition.type] } } }),
    ApiAnswer(creates ? 201 : 200, commandAnswer, 'Done, or done before with the same key', {
      'Atrium-Position': { description: 'Send it as `after` to see this change in lists' },
      ETag: { description: 'The revision of the complaint; send it as `If-Match`' },
      ...(creates ? { Location: { description: 'Of the new complaint' } } : {}),
    }),
    problem(409, 'Not possible in this state, and `allowed` lists what is; or others kept changing it at the same moment'),
    problem(422, 'Never possible with this content, or with this key'),
  );
};
