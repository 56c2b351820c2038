import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fleetForTests } from '@taskfleet/testing';
import { periodic } from '@taskfleet/toolbox/contract';
import { runAttempt } from '@taskfleet/toolbox/testing';
import { describe, expect, test } from 'vitest';
import { updateAllLayers } from '../contract.ts';
import { changeRepository, isGitThere, makeSampleRepositories } from '../demo/index.ts';
import { layerRepository } from '../testing/layerRepository.ts';
import { layersIn } from '../testing/layersIn.ts';
import { temporaryFolder } from '../testing/temporaryFolder.ts';

const branch = 'main';
const listOf = (layers: readonly { name: string; url: string }[]) =>
  layers.map(({ name, url }) => ({ name, url }));

/** Some twenty tasks one after the other, each with several programs: ten seconds on idle cores. */
const SLOW_MS = 120_000;

describe.skipIf(!isGitThere())('layers.updateAll', { timeout: SLOW_MS }, () => {
  test('updates what has changed, and keeps from it what needs a layer that failed', async () => {
    await using folder = await temporaryFolder();
    const samples = await makeSampleRepositories(folder.path);
    const alone = await layerRepository(folder.path, 'meta-alone');
    const layers = listOf([...samples, { name: 'meta-alone', url: alone.place.url }]);
    await using fleet = await fleetForTests({ workers: [layersIn(folder.path)] });
    const update = async () =>
      (await (await fleet.schedule(updateAllLayers, { branch, layers })).result({ timeout: '2m' }))
        .layers;
    const ends = async () =>
      Object.fromEntries((await update()).map(({ name, ...end }) => [name, end]));

    const first = await update();
    expect(first.map(({ end }) => end)).toEqual(Array.from(layers, () => 'updated'));
    const names = first.map(({ name }) => name).filter((name) => name !== 'meta-alone');
    expect(names).toEqual(['meta-core', 'meta-networking', 'meta-harbour-bsp']);

    await changeRepository(samples.find(({ name }) => name === 'meta-networking')!);
    const unchanged = { end: 'unchanged' };
    expect(await ends()).toEqual({
      'meta-core': unchanged,
      'meta-networking': { end: 'updated' },
      'meta-harbour-bsp': unchanged,
      'meta-alone': unchanged,
    });

    await rm(join(folder.path, 'meta-core.git'), { recursive: true });
    const blocked = { end: 'blocked', reason: 'needs meta-core' };
    expect(await ends()).toEqual({
      'meta-core': { end: 'failed', reason: expect.stringContaining('meta-core.git') },
      'meta-networking': blocked,
      'meta-harbour-bsp': blocked,
      'meta-alone': unchanged,
    });
  });

  test('names the layers that need each other', async () => {
    await using folder = await temporaryFolder();
    const needing = (name: string, needs: string) =>
      layerRepository(folder.path, name, {
        files: {
          'conf/layer.conf': `BBFILE_COLLECTIONS = "${name}"\nLAYERDEPENDS_${name} = "${needs}"`,
        },
      });
    const [a, b] = [await needing('a', 'b'), await needing('b', 'a')];
    const layers = [
      { name: 'a', url: a.place.url },
      { name: 'b', url: b.place.url },
    ];
    await using fleet = await fleetForTests({ workers: [layersIn(folder.path)] });
    const handle = await fleet.schedule(updateAllLayers, { branch, layers });
    await expect(handle.result()).rejects.toThrow('layers need each other: a → b → a');
  });

  test('takes its list from a stored file, every night', async () => {
    await using folder = await temporaryFolder();
    const nightly = periodic('nightly', {
      cron: '0 3 * * *',
      task: updateAllLayers,
      input: { branch },
    });
    await using fleet = await fleetForTests({
      workers: [layersIn(folder.path)],
      periodic: [nightly],
    });
    await fleet.travel('1d');
    const none = await fleet.spy.succeeded(updateAllLayers);
    expect(none.output).toMatchObject({
      layers: [],
      remarks: [expect.stringContaining('no layers')],
    });
    const body = Buffer.from(JSON.stringify(listOf(await makeSampleRepositories(folder.path))));
    await fleet.access.put({ key: 'uploads/layers.json', body, contentType: 'application/json' });
    await fleet.travel('1d');
    const some = await fleet.spy.succeeded(updateAllLayers, ({ id }) => id !== none.id);
    expect(some.output).toMatchObject({
      layers: [{ end: 'updated' }, { end: 'updated' }, { end: 'updated' }],
    });
  });
});

test.each([
  ['no JSON', 'layers', /expected a list such as .*, got: no JSON/],
  ['a layer without an address', '[{"name":"a"}]', /0\.url/],
  [
    'two layers of a name',
    '[{"name":"a","url":"https://x.org/a"},{"name":"a","url":"https://x.org/b"}]',
    /each name once/,
  ],
])('refuses a list that is %s', async (_, text, says) => {
  await using folder = await temporaryFolder();
  const files = { 'artifact:uploads/layers.json': Buffer.from(text) } as const;
  const { outcome } = await runAttempt(
    updateAllLayers,
    layersIn(folder.path),
    { branch },
    { files },
  );
  expect(outcome).toMatchObject({ kind: 'failed' });
  expect('error' in outcome && outcome.error.message).toMatch(says);
});
