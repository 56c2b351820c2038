import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fleetForTests } from '@taskfleet/testing';
import { runAttempt } from '@taskfleet/toolbox/testing';
import { describe, expect, test, vi } from 'vitest';
import { inspectLayer, updateAllLayers, updateLayer } from '../contract.ts';
import { isGitThere } from '../demo/index.ts';
import { markBusy } from '../git/marks.ts';
import { fakeSsh } from '../testing/fakeSsh.ts';
import { layerRepository } from '../testing/layerRepository.ts';
import { layersIn } from '../testing/layersIn.ts';
import { temporaryFolder } from '../testing/temporaryFolder.ts';

/** A layer behind an ssh that can hang. */
async function farLayer(folder: string) {
  const ssh = await fakeSsh(folder);
  const layer = await layerRepository(folder, 'x', { files: { 'a.bb': '' } });
  const place = {
    url: layer.place.url.replace('file://', 'ssh://git@far.example'),
    branch: 'main',
  };
  return { ssh, place, worker: layersIn(folder, {}, ssh.environment) };
}

describe.skipIf(!isGitThere())('an update that is stopped', () => {
  test('by a cancel ends git and what it has started, and the next one works', async () => {
    await using folder = await temporaryFolder();
    const { ssh, place, worker } = await farLayer(folder.path);
    await using _ = ssh;
    const { isHanging } = await ssh.hang();
    const attempt = runAttempt(updateLayer, worker, place);
    await isHanging;
    attempt.cancel();
    // Git's output ends when all that has it open has ended, ssh too: else this would never resolve.
    const { outcome, stored } = await attempt;
    expect(outcome.kind).toBe('cancelled');
    expect(stored.size).toBe(0);
    await ssh.work();
    expect((await runAttempt(updateLayer, worker, place)).output).toMatchObject({ recipes: 1 });
  });

  test('by a kill of git leaves a clone that nobody goes on with', async () => {
    await using folder = await temporaryFolder();
    const layer = await layerRepository(folder.path, 'x', { files: { 'a.bb': '' } });
    const worker = layersIn(folder.path);
    await runAttempt(updateLayer, worker, layer.place);
    const cache = join(folder.path, 'cache');
    const [clone = ''] = await readdir(cache);
    // What git leaves when it is killed while it writes; every later fetch would fail by it.
    await writeFile(join(cache, clone, 'shallow.lock'), '');
    await markBusy(join(cache, clone));
    await layer.commit({ files: { 'b.bb': '' } });
    const next = await runAttempt(updateLayer, worker, layer.place);
    expect(next.output).toMatchObject({ recipes: 2 });
  });

  test('says to whoever follows its log what it has done, and what it did last', async () => {
    await using folder = await temporaryFolder();
    const { ssh, place, worker } = await farLayer(folder.path);
    await using _ = ssh;
    const { isHanging } = await ssh.hang();
    await using fleet = await fleetForTests({ workers: [worker] });
    const handle = await fleet.schedule(updateLayer, place);
    await isHanging;
    await fleet.cancel(handle.id);
    await fleet.spy.cancelled(handle);
    // Written beside the record, and not before it.
    const page = await vi.waitFor(async () => {
      const read = await fleet.access.reader.log({ id: handle.id });
      expect(read.lines).not.toEqual([]);
      return read;
    });
    expect(page.lines).toMatchObject([{ message: 'layers.fetching', fields: { ...place } }]);
    const next = await fleet.access.reader.log({ id: handle.id, after: page.cursor });
    expect(next.lines).toEqual([]);
  });

  test('by a killed worker is done by another, beside what that one has left', async () => {
    await using folder = await temporaryFolder();
    const { ssh, place, worker } = await farLayer(folder.path);
    await using _ = ssh;
    const { isHanging } = await ssh.hang();
    await using fleet = await fleetForTests({ workers: [worker] });
    const handle = await fleet.schedule(updateLayer, place);
    await isHanging;
    const startAnother = await fleet.faults.workerKilled('layers');
    await ssh.work();
    await startAnother();
    expect(await handle.result()).toMatchObject({ recipes: 1, added: 1 });
    expect(await fleet.get(handle.id)).toMatchObject({ attempt: 2 });
  });

  test('takes nobody with it who waits for it: a cancelled layers.updateAll ends at once', async () => {
    await using folder = await temporaryFolder();
    const { ssh, place, worker } = await farLayer(folder.path);
    await using _ = ssh;
    const { isHanging } = await ssh.hang();
    await using fleet = await fleetForTests({ workers: [worker] });
    const layers = [{ name: 'x', url: place.url }];
    const handle = await fleet.schedule(updateAllLayers, { branch: 'main', layers });
    await isHanging;
    await fleet.cancel(handle.id);
    await fleet.spy.cancelled(handle);
    const child = await fleet.spy.running(inspectLayer, ({ parent }) => parent === handle.id);
    expect(await fleet.get(child.id)).toMatchObject({ state: 'running' });
  });
});
