// `nx test <project>`: the specs of one project that need no engine (.spec.ts without a tier in the name).
import preset from './jest.preset.mjs';

export default {
  ...preset,
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/src/**/*.spec.tsx'],
  testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e|kafka|container)\\.spec\\.tsx?$'],
  passWithNoTests: true,
};
