import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RULES } from './rules.ts';

it('has every rule in docs/conformance.md, in its order, and no other', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/conformance.md'), 'utf8');
  const [, rules = ''] = page.split('\n## Rules\n');
  const [table = ''] = rules.split('\n## ');
  const rows = [...table.matchAll(/^\| (?!-)(.+?) +\|/gm)].map(([, name]) => name);
  expect(rows.slice(1)).toEqual(RULES.map(({ name }) => name));
});
