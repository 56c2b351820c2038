import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: `${import.meta.dirname}/../..`,
  test: {
    include: ['test/browser/screenshots.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
