import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMMAND, PAGES } from './pages.ts';

const root = join(import.meta.dirname, '..', '..');

it.each(Object.entries(PAGES))('%s is as the code has it', (file, text) => {
  const isFresh = readFileSync(join(root, file), 'utf8') === text();
  expect(isFresh, `${file} is stale: run ${COMMAND}, and commit what it writes`).toBe(true);
});
