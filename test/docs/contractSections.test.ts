import { expect, it } from 'vitest';
import { readPage } from './markdownFiles.ts';
import { SECTIONS } from './contractSections.ts';

/** Told in words: the page says whose options they are. */
const IN_WORDS = new Set(['ManyOptions', 'StepOptions']);

it('has the members of all options that the contract exports', () => {
  const { text } = readPage('shared-toolbox/contract/index.ts');
  const exported = [...text.matchAll(/\b[A-Z]\w+Options\b/g)].map(([name]) => name);
  const shown = new Set(SECTIONS.flatMap(({ types = [] }) => types.map(([, name]) => name)));
  expect(exported.length).toBeGreaterThan(10);
  expect(exported.filter((name) => !shown.has(name) && !IN_WORDS.has(name))).toEqual([]);
});
