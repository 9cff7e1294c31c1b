// `npm test`: every spec of the workspace in one run over one set of engines.
import preset from './jest.preset.mjs';

export default {
  ...preset,
  roots: ['<rootDir>/apps', '<rootDir>/libs'],
  testMatch: ['**/src/**/*.spec.ts', '**/src/**/*.spec.tsx'],
  globalSetup: '<rootDir>/libs/testing/engines/setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/engines/teardown.mjs',
  testTimeout: 30_000,
  maxWorkers: 2,
};
