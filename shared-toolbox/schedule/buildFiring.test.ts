import { expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../clock.ts';
import { defineTask, periodic } from '../contract/index.ts';
import { buildFiring } from './buildFiring.ts';

const task = defineTask('layers.index', { input: z.object({}), output: z.void() });

it('gives each firing the options of its rule, and its expiry counted from when it was due', () => {
  const labels = { creator: 'clock', subject: 'layers' } as const;
  const rule = periodic('often', { every: '1h', task, input: {}, expires: '10m', ...labels });
  const at = Date.UTC(2026, 0, 1);
  const { message } = buildFiring(rule, at, { ...systemClock, now: () => at + 3_000 });
  expect(message).toMatchObject({
    ...labels,
    expires: at + 600_000,
    periodic: { name: 'often', at },
  });
});
