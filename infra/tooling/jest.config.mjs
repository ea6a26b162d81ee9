import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('../..', import.meta.url));

/** One jest for all: unit tests beside the code, contract tests in connectors, real-process tests in infra/tests. */
const swc = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'es6' },
};
const shared = {
  rootDir,
  cacheDirectory: '<rootDir>/.lb-bus/jest',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.lb-bus'],
};

export default {
  rootDir,
  // Longer than what a condition may take: the error then names the condition.
  testTimeout: 120_000,
  testSequencer: '<rootDir>/infra/tooling/longest-first.mjs',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(real|process)\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'real',
      testMatch: ['<rootDir>/**/*.real.test.ts'],
    },
    {
      ...shared,
      displayName: 'process',
      testMatch: ['<rootDir>/**/*.process.test.ts'],
    },
  ],
};
