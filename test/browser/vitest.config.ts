import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: `${import.meta.dirname}/../..`,
  test: {
    include: ['test/browser/**/*.browser.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: 'test/browser/buildOnce.ts',
    /** Each file has a fleet and a browser: with more of them at a time they only wait for each other. */
    maxWorkers: 2,
  },
});
