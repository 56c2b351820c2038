import { runAttempt } from '@taskfleet/toolbox/testing';
import { describe, expect, test } from 'vitest';
import { updateLayer } from '../contract.ts';
import { changeRepository, isGitThere, makeSampleRepositories } from '../demo/index.ts';
import { indexIn } from '../testing/indexIn.ts';
import { layerRepository } from '../testing/layerRepository.ts';
import { layersIn } from '../testing/layersIn.ts';
import { temporaryFolder } from '../testing/temporaryFolder.ts';

describe.skipIf(!isGitThere())('layers.update', () => {
  test('indexes a layer', async () => {
    await using folder = await temporaryFolder();
    const [core] = await makeSampleRepositories(folder.path);
    const { url, branch } = core!;
    const end = await runAttempt(updateLayer, layersIn(folder.path), { url, branch });
    expect(end.output).toEqual({
      revision: expect.stringMatching(/^[0-9a-f]{40}$/),
      recipes: 2,
      appends: 0,
      machines: 1,
      distros: 1,
      classes: 2,
      added: 6,
      changed: 0,
      removed: 0,
      skipped: 0,
      index: expect.stringMatching(/^artifact:layers\/[0-9a-f]{32}\/index\.json$/),
    });
    const index = indexIn(end);
    expect(index).toMatchObject({ url, branch, revision: end.output.revision });
    expect(index.layer.collections).toMatchObject([{ name: 'core', priority: 5, version: '16' }]);
    expect(index.machines).toMatchObject([{ name: 'qemux86-64', title: 'QEMU x86-64' }]);
    expect(index.distros).toMatchObject([{ name: 'harbour', title: 'Harbour Linux' }]);
    expect(index.classes.map(({ name }) => name)).toEqual(['autotools', 'pkgconfig']);
    expect(index.recipes).toMatchObject([
      {
        name: 'busybox',
        version: '1.37.0',
        license: 'GPL-2.0-only & bzip2-1.0.4',
        depends: ['virtual/crypt'],
        inherits: ['autotools', 'pkgconfig'],
        patches: ['0001-depmod-Ignore-.debug-directories.patch'],
      },
      { name: 'zlib', sources: ['https://zlib.net/zlib-1.3.1.tar.gz'] },
    ]);
  });

  test('makes the same revisions and indexes everywhere', async () => {
    await using folder = await temporaryFolder();
    const layers = await makeSampleRepositories(folder.path);
    const { url, branch } = layers[0]!;
    expect(await makeSampleRepositories(folder.path)).toEqual(layers);
    const { output } = await runAttempt(updateLayer, layersIn(folder.path), { url, branch });
    expect(output.revision).toBe('10171ee7f36a75e8d5276399fe3b96405adcea2e');
  });

  test('goes on from the last index, also with an empty cache', async () => {
    await using folder = await temporaryFolder();
    await using elsewhere = await temporaryFolder();
    const [core] = await makeSampleRepositories(folder.path);
    const { url, branch } = core!;
    const first = await runAttempt(updateLayer, layersIn(folder.path), { url, branch });
    await changeRepository(core!);
    const files = { [first.output.index]: first.stored.get(first.output.index)!.body };
    for (const cache of [`${folder.path}/cache`, elsewhere.path]) {
      const worker = layersIn(folder.path, { cache });
      const next = await runAttempt(updateLayer, worker, { url, branch }, { files });
      expect(next.output).toMatchObject({ recipes: 3, added: 1, changed: 0, removed: 0 });
      expect(next.logged).toContainEqual(
        expect.objectContaining({
          message: 'layers.reading',
          fields: { from: first.output.revision },
        }),
      );
    }
  });

  test('reads everything again where the last index is of another version', async () => {
    await using folder = await temporaryFolder();
    const { place } = await layerRepository(folder.path, 'x', { files: { 'a.bb': '' } });
    const first = await runAttempt(updateLayer, layersIn(folder.path), place);
    const old = Buffer.from(JSON.stringify({ ...indexIn(first), version: 0 }));
    const files = { [first.output.index]: old };
    const next = await runAttempt(updateLayer, layersIn(folder.path), place, { files });
    expect(next.output).toMatchObject({ added: 1, changed: 0 });
  });

  test('follows a branch that was written anew', async () => {
    await using folder = await temporaryFolder();
    const layer = await layerRepository(folder.path, 'x', { files: { 'a.bb': '' } });
    await layer.commit({
      branch: 'other/a',
      files: { 'conf/layer.conf': '', 'b.bb': '', 'c.bb': '' },
    });
    const worker = layersIn(folder.path);
    expect((await runAttempt(updateLayer, worker, layer.place)).output.recipes).toBe(1);
    const other = { ...layer.place, branch: 'other/a' };
    expect((await runAttempt(updateLayer, worker, other)).output.recipes).toBe(2);
    // The name of a branch that was in the way as a file.
    await layer.commit({ branch: 'topic', files: { 'conf/layer.conf': '' } });
    const topic = await runAttempt(updateLayer, worker, { ...layer.place, branch: 'topic' });
    expect(topic.output.recipes).toBe(0);
  });

  test('indexes a folder of a repository', async () => {
    await using folder = await temporaryFolder();
    const files = { 'meta-x/conf/layer.conf': '', 'meta-x/a.bb': 'require ../b.inc', 'b.inc': '' };
    const { place } = await layerRepository(folder.path, 'x', { files });
    const input = { ...place, subdir: 'meta-x' };
    const end = await runAttempt(updateLayer, layersIn(folder.path), input);
    expect(indexIn(end)).toMatchObject({
      subdir: 'meta-x',
      recipes: [{ path: 'a.bb', problems: ['require ../b.inc: not in this layer'] }],
    });
  });

  test('says what it does, and what is wrong with recipes', async () => {
    await using folder = await temporaryFolder();
    const { place } = await layerRepository(folder.path, 'x', {
      files: { 'a.bb': 'require b.inc' },
    });
    const { logged, progress } = await runAttempt(updateLayer, layersIn(folder.path), place);
    expect(logged.map(({ message }) => message)).toEqual([
      'layers.fetching',
      'layers.fetched',
      'layers.reading',
      'layers.problem',
      'layers.indexed',
    ]);
    expect(progress.at(-1)).toEqual({ fraction: 1, note: 'indexed' });
  });
});
