// Tells vitest where the tests live: one project per kind, so that each can be run alone (`npx vitest run --project unit`).
// Files run side by side, one more of them than two cores could carry if they did not mostly wait for real programs. Each has
// directories, ports and folders of its own.
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/testing/longest-first.js';

const withRealPrograms = {
  testTimeout: 60_000,
  hookTimeout: 180_000,
  globalSetup: ['test/support/lab-folder.ts'],
};

export default defineConfig({
  test: {
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/vectors/**/*.test.ts', 'test/fuzz/**/*.test.ts'],
          // Property tests take a moment on a busy machine; a hang still ends.
          testTimeout: 60_000,
          // Pure tests leave nothing behind: loading everything anew for each file would take twice as long as they do.
          isolate: false,
        },
      },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'] } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], ...withRealPrograms } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...withRealPrograms } },
      { test: { name: 'component', include: ['test/component/**/*.test.ts'], ...withRealPrograms } },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], ...withRealPrograms } },
    ],
  },
});
