import { expect, it } from 'vitest';
import { readPage } from './markdownFiles.ts';

/** `test/cost` holds docs/cost.md against what was measured. */
it('docs/how-to/cost.md has only figures of docs/cost.md', () => {
  const figures =
    readPage('docs/how-to/cost.md').text.match(/\$\d[\d.,]*\d|\d+ bytes|\d+ days/g) ?? [];
  const { text } = readPage('docs/cost.md');
  expect(figures.length).toBeGreaterThan(5);
  expect(figures.filter((figure) => !text.includes(figure))).toEqual([]);
});
