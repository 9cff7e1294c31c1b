// The fence of layers and scopes (docs/adr/0002-layers.md). libs/testing/src/fence.spec.ts lints forbidden imports and expects the errors.
import nx from '@nx/eslint-plugin';

const platform = ['layer:kernel', 'layer:event-store', 'layer:personal-data', 'layer:runners', 'layer:http'];

const driver = (name, owner) => ({ name, message: `Only ${owner} talks to this driver.` });
const inProcessBus = {
  name: '@nestjs/cqrs',
  importNames: ['EventBus', 'EventPublisher', 'EventsHandler', 'AggregateRoot', 'Saga', 'UnhandledExceptionBus'],
  message: 'In process, unordered, and it swallows errors: facts go through the log (docs/adr/0002-layers.md).',
};
const rawAppend = {
  selector: "CallExpression[callee.property.name='appendToStream']",
  message: 'Its default expected revision is ANY: append through @atrium/event-store.',
};
const exclusive = {
  selector: "MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|todo)$/]",
  message: 'An exclusive or empty spec hides the others.',
};
const impure = [
  { selector: 'ImportExpression', message: 'A domain loads nothing at run time.' },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Time comes in with the command.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time comes in with the command.' },
  { selector: "MemberExpression[object.name='Temporal'][property.name='Now']", message: 'Time comes in with the command.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Chance comes in with the command.' },
  { selector: "Identifier[name='randomUUID']", message: 'Ids come in with the command.' },
  { selector: "CallExpression[callee.property.name=/^toLocale/][arguments.length=0]", message: 'No default time zone or language.' },
];

export default [
  { ignores: ['**/dist', '**/node_modules', '**/.nx', '**/test-results', '**/*.d.ts', 'apps/console/public'] },
  ...nx.configs['flat/base'],
  ...nx.configs['flat/typescript'],
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@nx/enforce-module-boundaries': ['error', {
        enforceBuildableLibDependency: false,
        allow: [],
        depConstraints: [
          { sourceTag: 'layer:kernel', onlyDependOnLibsWithTags: [], allowedExternalImports: ['@jest/globals'] },
          { sourceTag: 'layer:domain', onlyDependOnLibsWithTags: ['layer:kernel', 'layer:testing'], allowedExternalImports: ['zod', 'temporal-polyfill', '@jest/globals', 'fast-check'] },
          { sourceTag: 'layer:event-store', onlyDependOnLibsWithTags: ['layer:kernel', 'layer:testing'] },
          { sourceTag: 'layer:event-store-server', onlyDependOnLibsWithTags: ['layer:testing'] },
          { sourceTag: 'layer:embedded-postgres', onlyDependOnLibsWithTags: ['layer:testing'] },
          { sourceTag: 'layer:personal-data', onlyDependOnLibsWithTags: ['layer:kernel', 'layer:testing'] },
          { sourceTag: 'layer:runners', onlyDependOnLibsWithTags: ['layer:kernel', 'layer:event-store', 'layer:personal-data', 'layer:testing'] },
          { sourceTag: 'layer:http', onlyDependOnLibsWithTags: ['layer:kernel', 'layer:event-store', 'layer:personal-data', 'layer:runners', 'layer:testing'] },
          { sourceTag: 'layer:testing', onlyDependOnLibsWithTags: ['*'] },
          // A service is no Nx application, because the supervisor imports its module; tags keep everyone else away from it.
          { sourceTag: 'layer:service', onlyDependOnLibsWithTags: [...platform, 'layer:domain', 'layer:contracts', 'layer:testing'] },
          { sourceTag: 'layer:app', onlyDependOnLibsWithTags: [...platform, 'layer:service', 'layer:event-store-server', 'layer:embedded-postgres', 'layer:testing'] },
          { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
          { sourceTag: 'scope:tickets', onlyDependOnLibsWithTags: ['scope:shared', 'scope:tickets', 'layer:contracts'] },
          { sourceTag: 'scope:atrium', onlyDependOnLibsWithTags: ['scope:shared', 'layer:service'] },
          { sourceTag: 'scope:importer', onlyDependOnLibsWithTags: ['scope:shared'] },
          { sourceTag: 'scope:console', onlyDependOnLibsWithTags: ['layer:kernel'] },
          { sourceTag: 'scope:e2e', onlyDependOnLibsWithTags: ['scope:shared'] },
          { sourceTag: 'scope:bench', onlyDependOnLibsWithTags: ['scope:shared'] },
        ],
      }],
      'no-restricted-imports': ['error', { paths: [driver('@eventstore/db-client', 'libs/event-store'), driver('kafkajs', 'libs/messaging'), inProcessBus] }],
      'no-restricted-syntax': ['error', rawAppend, exclusive],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    files: ['libs/event-store/src/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [inProcessBus, driver('kafkajs', 'libs/messaging')] }], 'no-restricted-syntax': ['error', exclusive] },
  },
  {
    // The official client is the judge of the server, so the server's specs use it as it is.
    files: ['libs/event-store-server/src/**/*.spec.ts', 'libs/event-store-server/src/**/*.fixture.ts'],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-syntax': ['error', exclusive] },
  },
  {
    // What the libraries are measured against is their drivers by themselves.
    files: ['apps/bench/src/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [inProcessBus] }], 'no-restricted-syntax': ['error', exclusive] },
  },
  {
    files: ['libs/*/domain/src/**/*.ts', 'libs/kernel/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex: '^(?!\\.{1,2}/|@atrium/kernel$|zod$|temporal-polyfill$)', message: 'A domain knows the kernel, zod and temporal-polyfill, and no more.' }] }],
      'no-restricted-syntax': ['error', rawAppend, exclusive, ...impure],
    },
  },
];
