import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../../../..');

const boundaries = '@nx/enforce-module-boundaries';
const imports = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';

/** Where, what stands there, and the rule that must object; undefined where it is allowed. */
const cases: readonly (readonly [filePath: string, code: string, rule: string | undefined])[] = [
  ['libs/kernel/src/x.ts', "import { z } from 'zod';\nexport const a = z;", boundaries],
  ['libs/kernel/src/x.ts', "import fs from 'node:fs';\nexport const a = fs;", imports],
  ['libs/tickets/domain/src/x.ts', "import { z } from 'zod';\nimport { Temporal } from 'temporal-polyfill';\nimport { refuse } from '@atrium/kernel';\nexport const a = [z, Temporal, refuse];", undefined],
  ['libs/tickets/domain/src/x.ts', "import pg from 'pg';\nexport const a = pg;", imports],
  ['libs/tickets/domain/src/x.ts', "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;", imports],
  ['libs/tickets/domain/src/x.ts', "import { execute } from '@atrium/event-store';\nexport const a = execute;", imports],
  ['libs/tickets/domain/src/x.ts', "export const a = () => import('pg');", syntax],
  ['libs/tickets/domain/src/x.ts', 'export const a = Date.now();', syntax],
  ['libs/tickets/domain/src/x.ts', 'export const a = new Date();', syntax],
  ['libs/tickets/domain/src/x.ts', 'export const a = new Date(0);', undefined],
  ['libs/tickets/domain/src/x.ts', "import { Temporal } from 'temporal-polyfill';\nexport const a = Temporal.Now.instant();", syntax],
  ['libs/tickets/domain/src/x.ts', 'export const a = Math.random();', syntax],
  ['libs/tickets/domain/src/x.ts', 'export const a = crypto.randomUUID();', syntax],
  ['libs/event-store/src/x.ts', "import { refuse } from '@atrium/kernel';\nexport const a = refuse;", undefined],
  ['libs/event-store/src/x.ts', "import { createService } from '@atrium/http';\nexport const a = createService;", boundaries],
  ['libs/runners/src/x.ts', "import { createService } from '@atrium/http';\nexport const a = createService;", boundaries],
  ['libs/runners/src/x.ts', "import { EventStoreDBClient } from '@eventstore/db-client';\nexport const a = EventStoreDBClient;", imports],
  ['libs/http/src/x.ts', "import { verdict } from '@atrium/tickets-domain';\nexport const a = verdict;", boundaries],
  ['libs/event-store-server/src/x.ts', "import { refuse } from '@atrium/kernel';\nexport const a = refuse;", boundaries],
  ['apps/tickets/src/x.ts', "import { EventStoreDBClient } from '@eventstore/db-client';\nexport const a = EventStoreDBClient;", imports],
  ['apps/tickets/src/x.ts', "import { Kafka } from 'kafkajs';\nexport const a = Kafka;", imports],
  ['apps/tickets/src/x.ts', "import { EventBus } from '@nestjs/cqrs';\nexport const a = EventBus;", imports],
  ['apps/tickets/src/x.ts', "import { Saga } from '@nestjs/cqrs';\nexport const a = Saga;", imports],
  ['apps/tickets/src/x.ts', "import { CommandBus } from '@nestjs/cqrs';\nexport const a = CommandBus;", undefined],
  ['apps/tickets/src/x.ts', 'export const a = (client) => client.appendToStream("s", []);', syntax],
  ['apps/tickets/src/x.ts', "import { startEventStoreServer } from '@atrium/event-store-server';\nexport const a = startEventStoreServer;", boundaries],
  ['apps/atrium/src/x.ts', "import { startEventStoreServer } from '@atrium/event-store-server';\nexport const a = startEventStoreServer;", undefined],
  ['apps/tickets/src/x.ts', "import { startPostgres } from '@atrium/embedded-postgres';\nexport const a = startPostgres;", boundaries],
  ['apps/importer/src/x.ts', "import { verdict } from '@atrium/tickets-domain';\nexport const a = verdict;", boundaries],
  ['apps/importer/src/x.ts', "import { createTicketsService } from '@atrium/tickets';\nexport const a = createTicketsService;", boundaries],
  ['apps/atrium/src/x.ts', "import { createTicketsService } from '@atrium/tickets';\nexport const a = createTicketsService;", undefined],
  ['apps/atrium/src/x.ts', "import { verdict } from '@atrium/tickets-domain';\nexport const a = verdict;", boundaries],
  ['apps/bench/src/x.ts', "import { EventStoreDBClient } from '@eventstore/db-client';\nexport const a = (client) => client.appendToStream(EventStoreDBClient, []);", undefined],
  ['apps/bench/src/x.ts', "import { createTicketsService } from '@atrium/tickets';\nexport const a = createTicketsService;", boundaries],
  ['apps/bench/src/x.ts', "import { verdict } from '@atrium/tickets-domain';\nexport const a = verdict;", boundaries],
  ['apps/tickets/src/x.ts', "import { start } from '../../atrium/src/main.js';\nexport const a = start;", boundaries],
  ['apps/tickets/src/x.spec.ts', "import { it } from '@jest/globals';\nit.only('a', () => undefined);", syntax],
];

describe('the fence of layers and scopes', () => {
  let answers: string[][];
  beforeAll(() => {
    // Without a project graph the boundary rule warns, skips itself and passes.
    execFileSync(path.join(root, 'node_modules/.bin/nx'), ['show', 'projects'], { cwd: root, env: { ...process.env, NX_DAEMON: 'false' } });
    const input = JSON.stringify(cases.map(([filePath, code]) => ({ filePath, code })));
    answers = JSON.parse(execFileSync(process.execPath, [path.join(import.meta.dirname, 'lint-snippets.mjs')], { cwd: root, input, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } })) as string[][];
  }, 120_000);

  it.each(cases.map(([filePath, code, rule], index) => ({ filePath, code: code.split('\n')[0], rule: rule ?? 'nothing', index, expected: rule })))(
    '$filePath: $rule objects to $code',
    ({ index, expected }) => {
      const objections = answers[index]?.filter((rule) => [boundaries, imports, syntax].includes(rule) || rule.startsWith('fatal'));
      expect([...new Set(objections)]).toEqual(expected === undefined ? [] : expect.arrayContaining([expected]));
    },
  );
});
