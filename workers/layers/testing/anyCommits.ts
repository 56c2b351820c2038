import * as fc from 'fast-check';

const PATHS = [
  'r/a/a_1.bb',
  'r/a/a.inc',
  'r/a/b_2.bb',
  'a.inc',
  'r/a/a_%.bbappend',
  'conf/machine/m.conf',
  'conf/distro/d.conf',
  'classes/c.bbclass',
  'README.md',
  'conf/distro/include/maintainers.inc',
];
const line = fc.constantFrom(
  'SUMMARY = "one"',
  'SUMMARY = "two ${X}"',
  'X = "x"',
  'require a.inc',
  'include a.inc',
  'require b_2.bb',
  'require r/a/a_1.bb',
  'inherit ${X}',
  '#@NAME: M',
  'Maintainer: Ada <ada@example.org>',
  'RECIPE_MAINTAINER:pn-a = "Bob <bob@example.org>"',
);
const change = fc.record({
  path: fc.constantFrom(...PATHS),
  text: fc.option(fc.array(line, { maxLength: 4 }).map((lines) => lines.join('\n'))),
});

/** What somebody commits to a layer, again and again: files of every part, which include each other; null for one that goes. */
export const anyCommits = fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 8,
});

export type Commits = typeof anyCommits extends fc.Arbitrary<infer Value> ? Value : never;
