import { type LocalStack, startStack } from '@taskfleet/infra/local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTAGE_KINDS, outageRun } from '../bench/outageRun.ts';
import { countingFleet } from '../fixtures/countingFleet.ts';

let stack: LocalStack;
beforeAll(async () => {
  stack = await startStack({ fleet: countingFleet });
});
afterAll(async () => stack.stop());

describe(
  '500 tasks of each sort, scheduled while topic and queues are away',
  { timeout: 120_000 },
  () => {
    it.each(OUTAGE_KINDS)(
      'are refused or, durable, accepted and run once: each request %s',
      async (how) => {
        const figures = await outageRun({ stack, seconds: 7, schedules: 500, how });
        expect(figures.surprises).toEqual([]);
        expect(figures.refusedMs).toHaveLength(500);
        expect(figures.runs).toEqual(Array(500).fill(1));
        expect(figures.deadLetters).toBe(0);
      },
    );
  },
);
