import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NonRetryableError } from '@taskfleet/toolbox/contract';
import { runAttempt } from '@taskfleet/toolbox/testing';
import { describe, expect, test } from 'vitest';
import { updateLayer } from '../contract.ts';
import { isGitThere } from '../demo/index.ts';
import { indexIn } from '../testing/indexIn.ts';
import { layerRepository } from '../testing/layerRepository.ts';
import { layersIn } from '../testing/layersIn.ts';
import { temporaryFolder } from '../testing/temporaryFolder.ts';

async function indexOf(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  links: Readonly<Record<string, string>> = {},
) {
  const { place } = await layerRepository(folder, 'x', { files, links });
  return indexIn(await runAttempt(updateLayer, layersIn(folder), place));
}

describe.skipIf(!isGitThere())('a hostile layer', () => {
  test('leads nowhere with links', async () => {
    await using folder = await temporaryFolder();
    const links = { 'a.bb': '/etc/passwd', 'b.inc': '../../../etc/passwd', 'recipes-x': '/etc' };
    const index = await indexOf(folder.path, { 'c.bb': 'require b.inc' }, links);
    expect(index.skipped).toEqual([{ path: 'a.bb', reason: 'a symbolic link' }]);
    expect(index.recipes).toMatchObject([
      { path: 'c.bb', problems: ['require b.inc: not in this layer'] },
    ]);
    expect(JSON.stringify(index)).not.toContain('root:');
  });

  test('has nothing of it run', async () => {
    await using folder = await temporaryFolder();
    const mark = join(folder.path, 'was-run');
    const files = {
      'a.bb': [
        'python () {',
        `    open("${mark}", "w")`,
        '}',
        `SUMMARY = "\${@open('${mark}', 'w')}"`,
        `PV := "$(touch ${mark})"`,
        `DEPENDS = "\`touch ${mark}\`"`,
        `inherit \${@open('${mark}', 'w')}`,
      ].join('\n'),
      '.gitattributes': '* filter=evil',
      '.gitmodules': `[submodule "x"]\npath = x\nurl = ext::sh -c touch% ${mark}\n`,
      'hooks/post-checkout': `#!/bin/sh\ntouch ${mark}\n`,
      config: `[core]\nfsmonitor = "touch ${mark}"\n`,
    };
    const index = await indexOf(folder.path, files);
    expect(index.recipes).toMatchObject([
      { version: `$(touch ${mark})`, summary: `\${@open('${mark}', 'w')}` },
    ]);
    expect(existsSync(mark)).toBe(false);
  });

  test('has files that cannot be read skipped and counted', async () => {
    await using folder = await temporaryFolder();
    const files = {
      'huge.bb': 'x'.repeat(1_000_001),
      'binary.bb': new Uint8Array([65, 0, 66]),
      'latin.bb': new Uint8Array([0xe9, 0x61]),
      'conf/machine/binary.conf': new Uint8Array([0]),
      'good.bb': '',
    };
    const index = await indexOf(folder.path, files);
    expect(index.recipes).toMatchObject([{ path: 'good.bb' }]);
    expect(index.skipped.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: 'binary.bb', reason: 'binary' },
      { path: 'conf/machine/binary.conf', reason: 'binary' },
      { path: 'huge.bb', reason: 'larger than 1000000 bytes' },
      { path: 'latin.bb', reason: 'not UTF-8' },
    ]);
  });

  test('is given up when its clone becomes too large, and leaves nothing', async () => {
    await using folder = await temporaryFolder();
    const noise = crypto.getRandomValues(new Uint8Array(60_000));
    const { place } = await layerRepository(folder.path, 'x', { files: { big: noise } });
    const worker = layersIn(folder.path, { repositoryMegabytes: 0.05 });
    const { outcome } = await runAttempt(updateLayer, worker, place);
    expect(outcome).toMatchObject({
      kind: 'failed',
      error: expect.objectContaining({
        message: expect.stringContaining('at most 0 MB, got more'),
      }),
    });
    // Thrown away by whoever comes next.
    const next = await runAttempt(updateLayer, layersIn(folder.path), place);
    expect(next.outcome.kind).toBe('succeeded');
  });

  test('takes no more room than all clones may have together', async () => {
    await using folder = await temporaryFolder();
    const worker = layersIn(folder.path, { cacheMegabytes: 0.1 });
    for (const name of ['a', 'b', 'c']) {
      const noise = crypto.getRandomValues(new Uint8Array(60_000));
      const { place } = await layerRepository(folder.path, name, { files: { big: noise } });
      await runAttempt(updateLayer, worker, place);
    }
    expect(await readdir(join(folder.path, 'cache'))).toHaveLength(1);
  });
});

describe.skipIf(!isGitThere())('what is no layer', () => {
  test.each([
    ['a branch that is not there', { branch: 'none' }, /couldn't find remote ref/],
    ['a folder that is not there', { subdir: 'meta-none' }, /folder meta-none without one/],
    ['a folder without a layer', { subdir: 'docs' }, /expected a layer with conf\/layer.conf/],
  ])('fails at once: %s', async (_, change, says) => {
    await using folder = await temporaryFolder();
    const { place } = await layerRepository(folder.path, 'x', { files: { 'docs/a.bb': '' } });
    const { outcome } = await runAttempt(updateLayer, layersIn(folder.path), {
      ...place,
      ...change,
    });
    expect(outcome).toMatchObject({ kind: 'failed', error: expect.any(NonRetryableError) });
    expect('error' in outcome && outcome.error.message).toMatch(says);
  });

  test('fails at once: a repository that is not there', async () => {
    await using folder = await temporaryFolder();
    const { outcome } = await runAttempt(updateLayer, layersIn(folder.path), {
      url: pathToFileURL(join(folder.path, 'none.git')).href,
      branch: 'main',
    });
    expect(outcome).toMatchObject({ kind: 'failed' });
  });

  test('is read only below the folder that is allowed', async () => {
    await using folder = await temporaryFolder();
    await using other = await temporaryFolder();
    const { place } = await layerRepository(other.path, 'x');
    for (const files of [folder.path, undefined]) {
      const { outcome } = await runAttempt(updateLayer, layersIn(folder.path, { files }), place);
      expect(outcome).toMatchObject({
        kind: 'failed',
        error: { message: expect.stringContaining('TASKFLEET_LAYERS_FILES') },
      });
    }
  });
});

test('a machine without git is told what it lacks', async () => {
  await using folder = await temporaryFolder();
  const worker = layersIn(folder.path, {}, { PATH: folder.path });
  const place = { url: 'https://example.invalid/x.git', branch: 'main' };
  const { outcome } = await runAttempt(updateLayer, worker, place);
  expect(outcome).toMatchObject({
    kind: 'failed',
    error: { message: expect.stringContaining('apt-get install git') },
  });
});
