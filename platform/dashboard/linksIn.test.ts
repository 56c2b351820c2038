import { expect, it } from 'vitest';
import { linksIn } from './app/pages/linksIn.ts';

const link = { text: 'All of it', url: 'https://files.example.com/a.zip?signed' };

it('finds links wherever they are in what a task returned', () => {
  expect(linksIn({ links: [link], more: { deep: link } })).toEqual([link, link]);
  expect(linksIn(link)).toEqual([link]);
});

it.each([
  undefined,
  'https://files.example.com',
  { url: link.url },
  { text: 'x', url: 'javascript:alert(1)' },
  { text: 'x', url: ' https://x' },
  { text: 1, url: link.url },
])('takes nothing else for one: %j', (value) => {
  expect(linksIn(value)).toEqual([]);
});
