import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  defineTask,
  defineWorker,
  fargate,
  inline,
  lambda,
  threads,
  type ThreadOptions,
  type WorkerOptions,
} from './index.ts';

const run = defineTask('forge.run', { input: z.null(), output: z.null() });
type Options = Partial<WorkerOptions<[typeof run]>>;
const worker = (options: Options = {}) => defineWorker('forge', { tasks: [run], ...options });
const large = fargate({ cpu: 4_096, memory: 8_192 });

describe('the pool of a worker', () => {
  it('is its own event loop, unless it says more', () => {
    expect(worker()).toMatchObject({ pool: inline(), concurrency: 10, autoscale: undefined });
  });

  it('is a thread for each vCPU, at least one, unless it says how many', () => {
    const pool = threads();
    expect(pool).toEqual({
      kind: 'threads',
      maxMemoryBytes: 268_435_456,
      recycleAfterTasks: 1_000,
      recycleAboveBytes: 201_326_592,
    });
    expect(worker({ pool }).concurrency).toBe(1);
    expect(worker({ pool, compute: large }).concurrency).toBe(4);
    expect(worker({ pool, compute: large, concurrency: 2 }).concurrency).toBe(2);
  });

  it.each<[ThreadOptions, string]>([
    [{ maxMemory: '31MB' }, 'pool.maxMemory: expected digits and one of MB, GB'],
    [{ maxMemory: '1.5GB' }, 'pool.maxMemory: '],
    [{ maxMemory: '256' as never }, 'pool.maxMemory: '],
    [{ recycleAfter: { tasks: 0 } }, 'pool.recycleAfter.tasks: expected a whole number from 1'],
    [{ recycleAfter: { tasks: 1.5 } }, 'pool.recycleAfter.tasks: '],
    [{ recycleAfter: { memory: '256MB' } }, 'pool.recycleAfter.memory: '],
    [{ recycleAfter: { memory: 'much' as never } }, 'pool.recycleAfter.memory: '],
  ])('is refused with %j', (options, problem) => {
    expect(() => worker({ pool: threads(options) })).toThrow(problem);
  });

  it('has to fit into its container', () => {
    const compute = fargate({ cpu: 1_024, memory: 2_048 });
    const pool = threads({ maxMemory: '960MB' });
    expect(() => worker({ pool, compute, concurrency: 2 })).not.toThrow();
    expect(() => worker({ pool, compute, concurrency: 3 })).toThrow(
      'pool.maxMemory: expected 3 threads of 960MB and 128MB for the process to fit into compute.memory (2048MB)',
    );
  });

  it('has no threads on Lambda', () => {
    expect(() => worker({ pool: inline(), compute: lambda() })).not.toThrow();
    expect(() => worker({ pool: threads(), compute: lambda() })).toThrow(
      'pool: expected inline() with lambda()',
    );
  });
});

describe('autoscale', () => {
  it('says the most as the concurrency', () => {
    expect(worker({ autoscale: [2, 20] })).toMatchObject({ autoscale: [2, 20], concurrency: 20 });
    expect(() => worker({ autoscale: [1, 1] })).not.toThrow();
  });

  it.each<[Options, string]>([
    [{ autoscale: [0, 5] }, 'autoscale: expected a whole number from 1 to 1000, got 0'],
    [{ autoscale: [1, 1_001] }, 'autoscale: expected a whole number from 1 to 1000, got 1001'],
    [{ autoscale: [5, 2] }, 'autoscale: expected [min, max], got [5, 2]'],
    [{ autoscale: [1, 2], concurrency: 2 }, 'autoscale: expected it instead of concurrency'],
    [{ autoscale: [1, 2], compute: lambda() }, 'autoscale: expected none with lambda()'],
    [{ autoscale: [1, 9], pool: threads() }, 'pool.maxMemory: expected 9 threads'],
  ])('is refused with %j', (options, problem) => {
    expect(() => worker(options)).toThrow(problem);
  });
});
