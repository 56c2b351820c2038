import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: `${import.meta.dirname}/../..`,
  test: {
    include: ['test/guide/**/*.script.ts'],
    /** Each step of a script needs those before it. */
    bail: 1,
  },
});
