import { expect, test } from 'vitest';
import {
  maintainersFrom,
  maintainersOfReadme,
  maintainersOfRecipe,
  WHOLE_LAYER,
} from './maintainers.ts';

const of = WHOLE_LAYER;

test.each([
  [
    'Maintainer: Ada Lovelace <Ada@Example.org>',
    [{ name: 'Ada Lovelace', email: 'ada@example.org', of }],
  ],
  [
    'Layer maintainers: Ada <a@x.org>, Jean-Luc <j@x.org>',
    [
      { name: 'Ada', email: 'a@x.org', of },
      { name: 'Jean-Luc', email: 'j@x.org', of },
    ],
  ],
  ['* Maintainer: <a@x.org>', [{ name: '', email: 'a@x.org', of }]],
  ['Mail Ada <a@x.org>', []],
  ['Maintainer: Ada', []],
  ['Maintainer: Ada <not an address>', []],
])('finds the people of %j', (line, people) => {
  expect(maintainersOfReadme(`# A layer\n\n${line}\n`)).toEqual(people);
});

test('finds who looks after a recipe', () => {
  const value = 'Ada Lovelace <ada@example.org>';
  const ada = [{ name: 'Ada Lovelace', email: 'ada@example.org', of: 'busybox' }];
  expect(maintainersOfRecipe('RECIPE_MAINTAINER:pn-busybox', value)).toEqual(ada);
  expect(maintainersOfRecipe('RECIPE_MAINTAINER_pn-busybox', value)).toEqual(ada);
  expect(maintainersOfRecipe('RECIPE_MAINTAINER', value)).toEqual([]);
});

test('names each person once, with all that is theirs', () => {
  const email = 'a@x.org';
  const named = [
    { email, name: '', of: 'zlib' },
    { email, name: 'Ada', of: 'busybox' },
    { email, name: 'Ada', of: 'busybox' },
  ];
  expect(maintainersFrom(named)).toEqual([{ email, name: 'Ada', of: ['busybox', 'zlib'] }]);
});
