import { startStack } from '@taskfleet/infra/local';
import { defineFleet, defineTask, defineWorker, implement } from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { clientsOf, schedulerOn, workerOn } from '../fixtures/startParts.ts';

const slowTask = defineTask('slow.call', {
  input: z.int(),
  output: z.int(),
  rateLimitPerProcess: '1/h',
});
const otherTask = defineTask('slow.other', { input: z.int(), output: z.int() });
const slowWorker = defineWorker('slow', { tasks: [slowTask, otherTask], lease: '6s' });

it('a task waits for its turn in its process, beside others, and begins at once in another when that one stops', async () => {
  await using started = new AsyncDisposableStack();
  const fleet = defineFleet([slowWorker]);
  const stack = started.adopt(await startStack({ fleet }), async (s) => s.stop());
  const clients = clientsOf(stack);
  const scheduler = started.adopt(schedulerOn(stack, clients), (some) => some.close());
  const ran: string[] = [];
  const startProcess = (process: string) => {
    const handler = (n: number) => {
      ran.push(process);
      return n;
    };
    const handlers = { 'slow.call': handler, 'slow.other': handler };
    const implementation = implement(slowWorker, handlers);
    const worker = workerOn({ stack, clients, implementation });
    started.defer(async () => worker.stop());
    return worker;
  };
  const first = startProcess('first');
  const calls = await scheduler.scheduleMany(slowTask, [1, 2]);
  await expect.poll(() => ran, { timeout: 20_000 }).toEqual(['first']);
  // Scheduled after both, and begun while one of them waits.
  await (await scheduler.schedule(otherTask, 3)).result({ timeout: '20s' });
  expect(ran).toEqual(['first', 'first']);
  startProcess('second');
  await first.stop();
  await Promise.all(calls.map(async (call) => call.result({ timeout: '20s' })));
  expect(ran).toEqual(['first', 'first', 'second']);
});
