import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FleetModel, type Scenario } from './fleetModel.ts';

const scenarioOn = (runtime: Scenario['runtime']): fc.Arbitrary<Scenario> =>
  fc.record({
    runtime: fc.constant(runtime),
    seed: fc.nat(),
    groups: fc.integer({ min: 1, max: 6 }),
    messagesPerGroup: fc.integer({ min: 1, max: 12 }),
    workers: fc.integer({ min: 1, max: 3 }),
    concurrency: fc.integer({ min: 1, max: 5 }),
    faultRate: fc.constantFrom(0, 0.05, 0.3),
    kills: fc.nat(3),
    partitions: fc.nat(2),
  });

const STEP_MS = 1_000;
const FAULTY_STEPS = 90;
/** Each is longer than a lease of twelve seconds. */
const KILL_EVERY = 30;
const CUT_OFF_EVERY = 45;
const CUT_OFF_STEPS = 30;
/** Far more than it takes; reaching it is itself a violation: something is stuck. */
const MOST_STEPS = 20_000;

describe('consumers of a FIFO queue, in fake time', { timeout: 120_000 }, () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    { runtime: 'process', numRuns: 300 },
    // Slower: each invocation looks at its time twice a second.
    { runtime: 'function', numRuns: 60 },
  ] as const)(
    'in a $runtime keep the order of each group, hold each message alone, and lose none',
    async ({ runtime, numRuns }) => {
      await fc.assert(
        fc.asyncProperty(scenarioOn(runtime), async (some) => {
          expect(await violationsOf(some)).toEqual([]);
        }),
        { numRuns },
      );
    },
  );
});

async function violationsOf(scenario_: Scenario): Promise<string[]> {
  const model = new FleetModel(scenario_, {
    now: () => Date.now(),
    sleep: async (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  model.start();
  for (let step = 0; !model.isDone && step < MOST_STEPS; step += 1) {
    if (step === FAULTY_STEPS) model.calm();
    disturb(model, scenario_, step);
    await vi.advanceTimersByTimeAsync(STEP_MS);
  }
  const stopped = model.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  await stopped;
  vi.clearAllTimers();
  return model.finish();
}

function disturb(model: FleetModel, { kills, partitions }: Scenario, step: number): void {
  if (step >= FAULTY_STEPS) return model.reconnect();
  if (step % KILL_EVERY === 14 && step / KILL_EVERY < kills) model.kill();
  if (step % CUT_OFF_EVERY === 5 && step / CUT_OFF_EVERY < partitions) model.cutOff();
  if (step % CUT_OFF_EVERY === 5 + CUT_OFF_STEPS) model.reconnect();
}
