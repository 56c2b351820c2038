import { expect, test } from 'vitest';
import { filesOf } from '../testing/filesOf.ts';
import { readRecipe } from './recipe.ts';

async function factsOf(
  text: string,
  others: Readonly<Record<string, string>> = {},
  path = 'recipes-x/foo/foo_1.2.bb',
) {
  const { facts, metadata } = await readRecipe(filesOf({ ...others, [path]: text }), path);
  return { ...facts, problems: metadata.problems, reads: Object.keys(metadata.reads) };
}

test.each([
  ['foo_1.2.bb', 'foo', '1.2'],
  ['foo.bb', 'foo', '1.0'],
  ['foo_git.bb', 'foo', 'git'],
  ['foo-native_1.2_r3.bb', 'foo-native', '1.2'],
])('has name and version of %s', async (file, name, version) => {
  expect(await factsOf('', {}, `recipes-x/foo/${file}`)).toMatchObject({ name, version });
});

test('has name and version of what it says itself', async () => {
  const text = 'PN = "bar"\nBASEPV = "2.0"\nPV = "${BASEPV}+git"\nSUMMARY = "${PN} of ${PV}"';
  expect(await factsOf(text)).toMatchObject({
    name: 'bar',
    version: '2.0+git',
    summary: 'bar of 2.0+git',
    provides: ['bar'],
  });
});

test('has texts on one line, and none that say nothing', async () => {
  const text =
    'SUMMARY = "  A \\\n\t tool "\nDESCRIPTION = " "\nLICENSE = "MIT & (GPL-2.0-only | BSD)"';
  const { summary, description, license } = await factsOf(text);
  expect({ summary, description, license }).toEqual({
    summary: 'A tool',
    description: undefined,
    license: 'MIT & (GPL-2.0-only | BSD)',
  });
});

test('has lists, each word once, and python as one word', async () => {
  const text = [
    'DEPENDS = "zlib zlib openssl"',
    "DEPENDS += \"${@bb.utils.contains('F', 'x', 'a b', '', d)}\"",
    'DEPENDS:append:class-native = " never"',
    'DEPENDS:remove = "openssl"',
    'PROVIDES = "virtual/foo"',
    'inherit cmake pkgconfig',
    'inherit cmake ${@"systemd"}',
  ].join('\n');
  expect(await factsOf(text)).toMatchObject({
    depends: ['zlib', "${@bb.utils.contains('F', 'x', 'a b', '', d)}"],
    provides: ['foo', 'virtual/foo'],
    inherits: ['cmake', 'pkgconfig', '${@"systemd"}'],
  });
});

test('tells patches from sources', async () => {
  const text = [
    'SRC_URI = "https://example.org/${BP}.tar.gz;name=a file://a.patch file://b.diff;striplevel=0 \\',
    '  file://c.patch.gz file://never.patch;apply=no file://defconfig"',
    'SRC_URI[sha256sum] = "0"',
  ].join('\n');
  expect(await factsOf(text)).toMatchObject({
    sources: [
      'https://example.org/foo-1.2.tar.gz;name=a',
      'file://never.patch;apply=no',
      'file://defconfig',
    ],
    patches: ['a.patch', 'b.diff', 'c.patch.gz'],
  });
});

test('reads what it includes, beside it first and then from the root of the layer', async () => {
  const others = {
    'recipes-x/foo/foo.inc': 'SUMMARY = "of foo"\nrequire recipes-x/common/common.inc',
    'recipes-x/common/common.inc': 'SECTION = "base"\ninherit native',
    'foo.inc': 'SUMMARY = "never"',
  };
  expect(await factsOf('require ${BPN}.inc\ninclude none.inc', others)).toMatchObject({
    summary: 'of foo',
    section: 'base',
    inherits: ['native'],
    problems: [],
    reads: [
      'recipes-x/foo/foo_1.2.bb',
      'recipes-x/foo/foo.inc',
      'recipes-x/foo/recipes-x/common/common.inc',
      'recipes-x/common/common.inc',
      'recipes-x/foo/none.inc',
      'none.inc',
    ],
  });
});

test('finds what stands beside the file that includes it', async () => {
  const others = { 'a/b.inc': 'require ${THISDIR}/c.inc', 'a/c.inc': 'SECTION = "libs"' };
  expect(await factsOf('require a/b.inc', others)).toMatchObject({ section: 'libs', problems: [] });
});

test.each([
  '/etc/passwd',
  '../../../etc/passwd',
  '../../../../../../etc/passwd',
  '${TOPDIR}/x.inc',
])('never leaves the layer for %s', async (path) => {
  const { problems, reads } = await factsOf(`require ${path}`);
  expect(problems).toEqual([`require ${path}: not in this layer`]);
  expect(reads.filter((read) => read.startsWith('..') || read.startsWith('/'))).toEqual([]);
});

test('ends where files include each other', async () => {
  const others = { 'a.inc': 'require b.inc\nSECTION = "x"', 'b.inc': 'require a.inc' };
  expect(await factsOf('require a.inc', others)).toMatchObject({
    section: 'x',
    problems: ['a.inc includes itself'],
  });
});

test('ends where files include others without end', async () => {
  const wide = Array.from({ length: 50 }, () => 'require w.inc').join('\n');
  const { problems } = await factsOf(Array.from({ length: 50 }, () => 'require v.inc').join('\n'), {
    'v.inc': wide,
    'w.inc': 'A = "x"',
  });
  expect(problems).toEqual(['it includes too much']);
});

test('ends where a large file is included again and again', async () => {
  const others = { 'v.inc': `A = "${'x'.repeat(900_000)}"` };
  const text = Array.from({ length: 100 }, () => 'require v.inc').join('\n');
  expect((await factsOf(text, others)).problems).toEqual(['it includes too much']);
});

test('says of which files it was made, whatever their names', async () => {
  const { reads } = await factsOf('require __proto__', {
    __proto__x: '',
    ['__proto__']: 'A = "x"',
  });
  expect(reads).toContain('__proto__');
});

test('looks for no more files than it may include', async () => {
  const text = Array.from({ length: 5_000 }, (_, at) => `include ${at}.inc`).join('\n');
  expect((await factsOf(text)).reads.length).toBeLessThan(500);
});
