import { expect, it } from 'vitest';
import { markdownPages, readPage } from './markdownFiles.ts';
import { readingList } from './readingList.ts';

it('leads from the README to every page', () => {
  const listed = new Set([
    'README.md',
    ...readingList(readPage('README.md')).flatMap(({ files }) => files),
  ]);
  const pages = markdownPages().map(({ file }) => file);
  expect(pages.filter((file) => !listed.has(file))).toEqual([]);
});
