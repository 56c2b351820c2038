import { chain, defineTask, group, partial, signature } from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { shout } from './officeFleet.ts';
import { openOffice } from './openOffice.ts';

const PATIENCE_TEXT = { timeout: '30s' } as const;

const first = (text: string) => signature(shout, { text, times: 1 });
const shout2 = partial(shout, { times: 1 });
const nobodys = defineTask('office.none', {
  input: z.object({ text: z.string() }),
  output: z.void(),
});

it('with its role alone, a fleet runs flows, large ones too, and is told of one that failed', async () => {
  await using started = new AsyncDisposableStack();
  const { scheduler, operator, refused } = (await openOffice(started)).start();
  const [small, large] = ['a', 'x'.repeat(70_000)];
  const members = group([signature(shout, { text: small, times: 1 }), chain(first(large), shout2)]);
  const handle = await scheduler.start(chain(members, signature(shout, { text: 'b', times: 1 })));
  expect(await handle.result(PATIENCE_TEXT)).toEqual({ text: 'B' });
  const failing = await scheduler.start(signature(shout, { text: 'fail', times: 1 }));
  await expect(failing.result(PATIENCE_TEXT)).rejects.toThrow('as asked');
  const unknown = chain(signature(shout, { text: 'c', times: 1 }), nobodys);
  const dead = await scheduler.start(unknown);
  await expect(dead.result(PATIENCE_TEXT)).rejects.toThrow('unknown task "office.none"');
  const waiting = await scheduler.start(signature(shout, { text: 'd', times: 1 }, { delay: '1d' }));
  await operator.cancelFamily(waiting.id);
  await expect(waiting.result(PATIENCE_TEXT)).rejects.toThrow('cancelled by operator');
  expect(refused()).toEqual([]);
});
