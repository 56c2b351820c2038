/** `npm run docs`: writes the pages that are made from the code, and from other pages. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGES } from './pages.ts';

const root = join(import.meta.dirname, '..', '..');

for (const [file, text] of Object.entries(PAGES)) {
  writeFileSync(join(root, file), text());
  process.stdout.write(`${file} is written\n`);
}
