import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyCommits } from '../testing/anyCommits.ts';
import { filesOf } from '../testing/filesOf.ts';
import { buildIndex } from './buildIndex.ts';
import type { LayerContents } from './layerIndex.ts';

type Texts = Readonly<Record<string, string>>;

async function indexOf(texts: Texts, previous?: LayerContents) {
  const read: string[] = [];
  const onFile = () => undefined;
  const files = filesOf(texts);
  const spied = {
    ...files,
    read: async (path: string) => {
      read.push(path);
      return files.read(path);
    },
  };
  const built = await buildIndex({ files: spied, previous, onFile, onProblem: () => undefined });
  return { ...built, read };
}

/** As it comes back from the bucket. */
const stored = (contents: LayerContents) => JSON.parse(JSON.stringify(contents)) as LayerContents;

const CONF = { 'conf/layer.conf': 'BBFILE_COLLECTIONS = "x"' };

test('reads only the recipes that a change concerns', async () => {
  const texts = {
    ...CONF,
    'r/a/a_1.bb': 'require a.inc',
    'r/a/a.inc': 'SUMMARY = "old"',
    'r/b/b_1.bb': 'SUMMARY = "b"',
  };
  const { contents } = await indexOf(texts);
  const changed = { ...texts, 'r/a/a.inc': 'SUMMARY = "new"' };
  const next = await indexOf(changed, stored(contents));
  expect(next.read).toContain('r/a/a_1.bb');
  expect(next.read).not.toContain('r/b/b_1.bb');
  expect(next.contents.recipes).toMatchObject([{ summary: 'new' }, { summary: 'b' }]);
  expect(next.changes).toEqual({ added: 0, changed: 1, removed: 0 });
});

test('reads a recipe again when what it looked for in vain has come', async () => {
  const texts = { ...CONF, 'r/a/a_1.bb': 'include a.inc' };
  const { contents } = await indexOf(texts);
  const next = await indexOf({ ...texts, 'r/a/a.inc': 'SUMMARY = "new"' }, stored(contents));
  expect(next.contents.recipes).toMatchObject([{ summary: 'new' }]);
});

test('counts what came, changed and went', async () => {
  const { contents } = await indexOf({
    ...CONF,
    'a.bb': '',
    'b.bb': '',
    'conf/machine/m.conf': '',
  });
  const next = await indexOf({ ...CONF, 'a.bb': 'A = "x"', 'c.bb': '' }, stored(contents));
  expect(next.changes).toEqual({ added: 1, changed: 1, removed: 2 });
});

test('is given up when it would become too large to hold', async () => {
  const words = (n: number) =>
    Array.from({ length: 500 }, (_, at) => `${n}${at}`.padEnd(1_900, 'x'));
  const recipes = Array.from({ length: 70 }, (_, n) => [
    `r${n}.bb`,
    `DEPENDS = "${words(n).join(' ')}"`,
  ]);
  await expect(indexOf({ ...CONF, ...Object.fromEntries(recipes) })).rejects.toThrow(
    'at most 50 MB',
  );
});

test('gives after any commits what an index made from nothing would', async () => {
  await fc.assert(
    fc.asyncProperty(anyCommits, async (history) => {
      const texts: Record<string, string> = { ...CONF };
      let previous: LayerContents | undefined;
      for (const commit of history) {
        for (const { path, text } of commit) {
          if (text === null) delete texts[path];
          else texts[path] = text;
        }
        const { contents } = await indexOf(texts, previous);
        const { contents: fresh } = await indexOf(texts);
        expect(stored(contents)).toEqual(stored(fresh));
        previous = stored(contents);
      }
    }),
    { numRuns: 200 },
  );
});
