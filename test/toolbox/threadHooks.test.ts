import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fail, talk } from '../fixtures/forge/contract.ts';
import { ForgeBench } from '../fixtures/forge/forgeBench.ts';
import { recordTraces } from '../fixtures/recordTraces.ts';

let bench: ForgeBench;
let traces: ReturnType<typeof recordTraces> | undefined;
beforeAll(async () => {
  bench = await ForgeBench.open();
});
afterEach(async () => {
  traces?.stop();
  await bench.stop();
});
afterAll(async () => bench.close());

describe('a handler in a thread', () => {
  it('is seen by the hooks of its process, and what it schedules too', async () => {
    const seen: string[] = [];
    bench.start({
      hooks: [
        {
          beforeSchedule: ({ task }) => void seen.push(`beforeSchedule ${task}`),
          onSuccess: ({ task }) => seen.push(`onSuccess ${task}`),
          onFailure: ({ error }) => seen.push(`onFailure ${error.name}`),
        },
      ],
    });
    await bench.scheduler.schedule(talk, { day: '2026-11-21T00:00:00Z' });
    await expect
      .poll(() => seen, { timeout: 25_000 })
      .toEqual(['beforeSchedule forge.which', 'onSuccess forge.which', 'onSuccess forge.talk']);
    await bench.scheduler.schedule(fail, { how: 'own' });
    await expect.poll(() => seen.at(-1), { timeout: 25_000 }).toBe('onFailure OwnError');
  });

  it('has a span, under which the child runs that it schedules', async () => {
    traces = recordTraces();
    bench.start();
    const handle = await bench.scheduler.schedule(talk, { day: '2026-11-21T00:00:00Z' });
    await handle.result({ timeout: '25s' });
    await expect.poll(() => traces?.named('run forge.talk')[0]?.isEnded).toBe(true);
    const [run] = traces.named('run forge.talk');
    const [child] = traces.named('run forge.which');
    expect(child?.own.traceId).toBe(run?.own.traceId);
  });
});
