import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    include: ['{infra,platform,workers,shared-toolbox,test}/**/*.test.ts'],
    // The sample is a project of its own, with its own tests.
    exclude: ['**/node_modules/**', 'test/package/sample/**'],
    /** Emulators start in some hundred milliseconds; a hanging wait is to be seen, not waited for. */
    testTimeout: 30_000,
    hookTimeout: 30_000,
    /** Most tests wait for emulators and processes: a worker less than cores, vitest's default, leaves a small machine idle. */
    maxWorkers: Math.max(3, availableParallelism() - 1),
    typecheck: { enabled: false },
  },
});
