import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { cachedTemplate } from './cachedTemplate.ts';
import { synthesize } from './synthesize.ts';

const schemas = { input: z.string(), output: z.void() };
const send = defineTask('email.send', schemas);
const often = defineTask('email.send', { ...schemas, retry: { maxAttempts: 9 } });

const fleetWith = (task: typeof send, lease: '12s' | '20s') =>
  defineFleet([defineWorker('email', { tasks: [task], lease })]);

it.each([
  [send, '12s'],
  [send, '20s'],
  [often, '12s'],
] as const)('is what would be synthesized, of each contract its own', async (task, lease) => {
  const fleet = fleetWith(task, lease);
  const synthesized: unknown = JSON.parse(JSON.stringify(await synthesize(fleet)));
  // The first may make it, the second finds it.
  expect(await cachedTemplate(fleet)).toEqual(synthesized);
  expect(await cachedTemplate(fleet)).toEqual(synthesized);
});
