import { fleetForTests } from '@taskfleet/testing';
import { implement } from '@taskfleet/toolbox/contract';
import { runAttempt } from '@taskfleet/toolbox/testing';
import { emailWorker, sendEmail } from '@taskfleet/worker-email/contract';
import { describe, expect, test } from 'vitest';
import { updateLayer } from '../contract.ts';
import { isGitThere } from '../demo/index.ts';
import { newDuties } from '../index/newDuties.ts';
import { layerRepository } from '../testing/layerRepository.ts';
import { layersIn } from '../testing/layersIn.ts';
import { temporaryFolder } from '../testing/temporaryFolder.ts';

const README = 'Maintainer: Ada <ada@example.org>\n';
const MAINTAINERS = 'conf/distro/include/maintainers.inc';

test('finds what is new to whom', () => {
  const before = [
    { email: 'a@x.org', of: ['zlib', 'busybox'] },
    { email: 'b@x.org', of: ['bash'] },
  ];
  const now = [
    { email: 'a@x.org', of: ['zlib'] },
    { email: 'b@x.org', of: ['bash', 'busybox'] },
    { email: 'c@x.org', of: ['(layer)'] },
  ];
  expect(newDuties(before, now)).toEqual([
    { email: 'b@x.org', of: ['busybox'] },
    { email: 'c@x.org', of: ['(layer)'] },
  ]);
});

describe.skipIf(!isGitThere())('layers.update', () => {
  test('writes to maintainers of what is new to them, once for a revision', async () => {
    await using folder = await temporaryFolder();
    const layer = await layerRepository(folder.path, 'x', { files: { README } });
    const worker = layersIn(folder.path, { notify: 'on' });
    const first = await runAttempt(updateLayer, worker, layer.place);
    const again = await runAttempt(updateLayer, worker, layer.place);
    expect(again.scheduled.map(({ id }) => id)).toEqual(first.scheduled.map(({ id }) => id));
    const toAda = {
      to: ['ada@example.org'],
      text: `The layer at ${layer.place.url}, branch main names you\n- as a maintainer of the layer\n`,
    };
    expect(first.scheduled).toMatchObject([{ task: 'email.send', input: toAda }]);

    const files = { [first.output.index]: first.stored.get(first.output.index)!.body };
    await layer.commit({
      files: { [MAINTAINERS]: 'RECIPE_MAINTAINER:pn-zlib = "Bob <bob@example.org>"\n' },
    });
    const next = await runAttempt(updateLayer, worker, layer.place, { files });
    expect(next.scheduled).toMatchObject([{ input: { to: ['bob@example.org'] } }]);
  });

  test('writes to nobody unless it is told to', async () => {
    await using folder = await temporaryFolder();
    const { place } = await layerRepository(folder.path, 'x', { files: { README } });
    const { scheduled } = await runAttempt(updateLayer, layersIn(folder.path), place);
    expect(scheduled).toEqual([]);
  });

  test('hands its mails to the worker that sends them', async () => {
    await using folder = await temporaryFolder();
    const { place } = await layerRepository(folder.path, 'x', { files: { README } });
    const mail = implement(emailWorker, {
      'email.send': ({ to }) => ({ sent: [{ to, messageId: '<1@example.org>' }], refused: [] }),
    });
    const workers = [layersIn(folder.path, { notify: 'on' }), mail];
    await using fleet = await fleetForTests({ workers });
    const handle = await fleet.schedule(updateLayer, place);
    const sent = await fleet.spy.succeeded(sendEmail, ({ parent }) => parent === handle.id);
    expect(sent.output).toMatchObject({ sent: [{ to: ['ada@example.org'] }] });
  });
});
