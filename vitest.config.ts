// Tells vitest where the tests live: one project per kind, so that each can be run alone (`npx vitest run --project unit`).
// Files of the kinds that share one machine's directories, browser or CPU run one after another.
import { defineConfig } from 'vitest/config';

const alone = {
  fileParallelism: false,
  testTimeout: 60_000,
  hookTimeout: 180_000,
  globalSetup: ['test/support/lab-folder.ts'],
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/vectors/**/*.test.ts', 'test/fuzz/**/*.test.ts'],
          // Property tests take a moment on a busy machine; a hang still ends.
          testTimeout: 60_000,
        },
      },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'] } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], ...alone } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...alone } },
      { test: { name: 'component', include: ['test/component/**/*.test.ts'], ...alone } },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], ...alone } },
    ],
  },
});
