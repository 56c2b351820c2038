import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    include: ['{infra,platform,workers,shared-toolbox,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    /** Emulators start in some hundred milliseconds; a hanging wait is to be seen, not waited for. */
    testTimeout: 30_000,
    hookTimeout: 30_000,
    typecheck: { enabled: false },
  },
});
