import { readPlan } from '@taskfleet/toolbox/canvas';
import {
  chord,
  defineTask,
  defineWorker,
  group,
  implement,
  into,
  secret,
  signature,
} from '@taskfleet/toolbox/contract';
import { readFlow } from '@taskfleet/toolbox/table';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { bootFleet } from '../kit/fleetForTests.ts';
import { clientsFor, configOf } from '../kit/parts.ts';

const fetchPart = defineTask('exports.fetch', {
  input: z.strictObject({ token: secret(z.string()), filling: z.string() }),
  output: z.string(),
});
const bundle = defineTask('exports.bundle', {
  input: z.strictObject({ parts: z.array(z.string()), title: z.string() }),
  output: z.string(),
});
const worker = defineWorker('exports', { tasks: [fetchPart, bundle] });

test.each([
  ['of a small plan, in the table', 'x'],
  ['of a large plan, in the bucket', 'x'.repeat(40_000)],
])('forgets the secrets of first tasks once these are out: %s', async (_, filling) => {
  const given: string[] = [];
  const implementation = implement(worker, {
    'exports.fetch': ({ token }) => {
      given.push(token);
      return 'part';
    },
    'exports.bundle': ({ parts, title }) => `${title}: ${parts.join(', ')}`,
  });
  const { fleet, ground } = await bootFleet({ workers: [implementation] });
  await using running = fleet;
  const token = 'tok-9f27c1';
  const parts = [1, 2].map(() => signature(fetchPart, { token, filling }));
  const handle = await running.start(chord(group(parts), into(bundle, 'parts', { title: 'Land' })));
  expect(await handle.result()).toBe('Land: part, part');
  expect(given).toEqual([token, token]);
  const flow = await readFlow(ground.table, handle.id);
  const { s3 } = clientsFor(ground, 'the test');
  const plan = await readPlan({ s3, bucketName: configOf(ground).bucketName }, flow!);
  expect(JSON.stringify([flow, plan])).not.toContain(token);
  expect(JSON.stringify(plan)).toContain('Land');
});
