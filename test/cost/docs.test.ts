import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { COST_PAGE, costPage } from './costPage.ts';

it('the page shows what the command prints; if not, npm run bench:cost -- --write mends it', async () => {
  const page = readFileSync(COST_PAGE, 'utf8');
  expect(page).toContain('| 50/s ');
  expect(await costPage(page)).toBe(page);
});
