import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAttempt } from '@taskfleet/toolbox/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { updateLayer } from '../contract.ts';
import { changeRepository, isGitThere, makeSampleRepositories } from '../demo/index.ts';
import { layersWith } from '../implementation.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taskfleet-layers-'));
});
afterEach(async () => rm(folder, { recursive: true }));

const worker = () =>
  layersWith({ environment: process.env, files: folder, cache: join(folder, 'cache') });

describe.skipIf(!isGitThere())('layers.update', () => {
  test('indexes a layer', async () => {
    const [core] = await makeSampleRepositories(folder);
    const { url, branch } = core!;
    const end = await runAttempt(updateLayer, worker(), { url, branch });
    expect(end.output).toMatchObject({ recipes: 2, machines: 1, distros: 1, classes: 2, added: 6 });
    const stored = end.stored.get(end.output.index);
    await changeRepository(core!);
    const files = { [end.output.index]: stored!.body };
    const next = await runAttempt(updateLayer, worker(), { url, branch }, { files });
    expect(next.output).toMatchObject({ recipes: 3, added: 1, changed: 0, removed: 0 });
  });
});
