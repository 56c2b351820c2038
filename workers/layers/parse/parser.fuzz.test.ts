import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildIndex } from '../index/buildIndex.ts';
import { filesOf } from '../testing/filesOf.ts';
import { Variables } from './variables.ts';
import { statementsOf } from './statements.ts';
import { wordsOf } from './words.ts';
import { maintainersOfReadme } from './maintainers.ts';

const name = fc.constantFrom('A', 'B', 'SRC_URI', 'PN', 'PV', 'DEPENDS', 'BBFILE_COLLECTIONS');
const piece = fc.oneof(
  name.map((it) => `\${${it}}`),
  fc.constantFrom(
    '${',
    '}',
    '${@',
    '{',
    '"',
    "'",
    '\\',
    ' ',
    '#',
    '${A',
    '(',
    ')',
    '\t',
    '%',
    '<a@b.c>',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const value = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const operator = fc.constantFrom('=', '?=', '??=', ':=', '+=', '=+', '.=', '=.');
const suffix = fc.constantFrom('', ':append', ':prepend', ':remove', '_append', '_remove', ':${A}');
const line = fc.oneof(
  fc.tuple(name, suffix, operator, value).map(([a, s, o, v]) => `${a}${s} ${o} "${v}"`),
  fc.constantFrom(
    'f() {',
    '}',
    'python f() {',
    'def f():',
    '    x',
    'require a.inc',
    'include b.inc',
  ),
  value.map((it) => `inherit ${it}`),
  value.map((it) => `require ${it}`),
  value.map((it) => `Maintainer: ${it}`),
  value,
);
const text = fc.array(line, { maxLength: 25 }).map((lines) => lines.join('\n'));

test('makes an index of whatever files say', async () => {
  const files = fc.record({
    'conf/layer.conf': text,
    README: text,
    'a.inc': text,
    'b.inc': text,
    'recipes/a_1.bb': text,
    'recipes/b.bb': text,
    'conf/machine/m.conf': text,
    'conf/distro/include/maintainers.inc': text,
  });
  await fc.assert(
    fc.asyncProperty(files, async (texts) => {
      const quiet = { onFile: () => undefined, onProblem: () => undefined };
      const { contents } = await buildIndex({
        files: filesOf(texts),
        previous: undefined,
        ...quiet,
      });
      expect(contents.recipes).toHaveLength(2);
      expect(JSON.parse(JSON.stringify(contents))).toBeDefined();
    }),
    { numRuns: 300 },
  );
});

/** What makes expressions go back and forth: a megabyte of each has to be read in one go. */
const HOSTILE = [
  '${@',
  '${@{}',
  '${@{',
  '${A',
  '{',
  '}',
  'A = "',
  'A = \'" ',
  'A += ',
  'A:',
  'a() ',
  'python ',
  'python fakeroot ',
  '(',
  '() {',
  '\\\n',
  ' \\\n',
  '#\n',
  'require a\n',
  'inherit a\n',
  'A .= "${A}${A}"\n',
  'A := "${A}x${A}"\n',
  'A:append = "${B}"\nB:append = "${A}"\n',
  'A:remove = "x"\n',
  'Maintainer: ',
  'Maintainer: a <a@b.',
  '<',
];

test.each(HOSTILE)('reads a megabyte of %j once', (part) => {
  const big = part.repeat(1_000_000 / part.length);
  const variables = new Variables();
  for (const statement of statementsOf(`${big}\nA = "${big.replaceAll('\n', ' ')}"`)) {
    if (statement.kind === 'assign')
      variables.assign(statement.name, statement.operator, statement.value);
    if (statement.kind === 'inherit') wordsOf(variables.expand(statement.classes));
  }
  expect(wordsOf(variables.get('A')).length).toBeLessThanOrEqual(500);
  expect(maintainersOfReadme(big)).toEqual([]);
});
