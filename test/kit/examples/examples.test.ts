import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '../../../docs/testing.md'), 'utf8');
const blocks = [...page.matchAll(/^```ts\n(?<code>.*?)^```$/gms)].map(
  ({ groups }) => groups?.['code'] ?? '',
);
const files = globSync('*/*.ts', { cwd: import.meta.dirname }).toSorted();

test.each(files)('docs/testing.md has %s as it runs', (file) => {
  const code = readFileSync(join(import.meta.dirname, file), 'utf8');
  expect(code.split('\n')[0]).toBe(`// ${file}`);
  expect(blocks).toContain(code);
});

test('docs/testing.md has no other code', () => {
  expect(blocks).toHaveLength(files.length);
});
