import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DefinitionError } from '../errors.ts';
import {
  type Compute,
  defineTask,
  defineWorker,
  type Duration,
  fargate,
  functionTimeoutSeconds,
  lambda,
  visibilitySeconds,
} from './index.ts';

function workerOn(compute?: Compute, timeLimit: Duration = '10m') {
  const options = { input: z.null(), output: z.null() };
  const tasks = [
    defineTask('export.quick', { ...options, timeLimit: '1s' }),
    defineTask('export.run', { ...options, timeLimit }),
  ] as const;
  return defineWorker('export', { tasks, ...(compute && { compute }) });
}

describe('a worker on Fargate', () => {
  it('is what a worker is that says nothing', () => {
    expect(workerOn().compute).toEqual(fargate());
    expect(fargate()).toEqual({
      kind: 'fargate',
      internet: [],
      cpu: 256,
      memory: 512,
      scale: { min: 1, max: 10, backlogPerTask: 100 },
      spot: false,
    });
  });

  it('has the least memory that its cpu comes with, unless it says more', () => {
    expect(fargate({ cpu: 2_048 }).memory).toBe(4_096);
    expect(fargate({ cpu: 2_048, memory: 5_120 }).memory).toBe(5_120);
  });

  it('may have a minimum above the usual maximum', () => {
    expect(workerOn(fargate({ scale: { min: 20 } })).compute).toMatchObject({
      scale: { min: 20, max: 20 },
    });
  });

  it.each([
    [256, 512],
    [256, 2_048],
    [512, 3_072],
    [1_024, 8_192],
    [2_048, 16_384],
    [4_096, 30_720],
    [8_192, 20_480],
    [16_384, 122_880],
  ])('may have a cpu of %i and %i MiB', (cpu, memory) => {
    expect(workerOn(fargate({ cpu, memory })).compute).toMatchObject({ cpu, memory });
  });

  it.each([
    [256, 1_536, 'compute.memory: expected one of 512, 1024, 2048 with a cpu of 256, got 1536'],
    [256, 3_072, 'compute.memory: '],
    [512, 512, 'compute.memory: '],
    [4_096, 31_744, 'compute.memory: '],
    [8_192, 17_408, 'compute.memory: '],
    [16_384, 131_072, 'compute.memory: '],
    [1, 512, 'compute.cpu: expected one of 256, 512, 1024, 2048, 4096, 8192, 16384, got 1'],
    [NaN, 512, 'compute.cpu: '],
  ])('is refused with a cpu of %d and %i MiB', (cpu, memory, problem) => {
    expect(() => workerOn(fargate({ cpu, memory }))).toThrow(problem);
  });

  it.each([
    [{ min: -1 }, 'compute.scale.min: expected a whole number from 0 to 1000, got -1'],
    [{ min: 0.5 }, 'compute.scale.min: expected a whole number'],
    [{ min: 3, max: 2 }, 'compute.scale.min: expected at most scale.max (2), got 3'],
    [{ min: 0, max: 0 }, 'compute.scale.max: expected a whole number from 1 to 1000, got 0'],
    [{ max: 1_001 }, 'compute.scale.max: '],
    [{ backlogPerTask: 0 }, 'compute.scale.backlogPerTask: expected a whole number from 1'],
    [{ backlogPerTask: Infinity }, 'compute.scale.backlogPerTask: '],
  ])('is refused with a scale of %j', (scale, problem) => {
    expect(() => workerOn(fargate({ scale }))).toThrow(problem);
  });

  it('hears of every problem at once, with its name', () => {
    const build = () => workerOn(fargate({ cpu: 3, scale: { min: -1, max: 0 } }));
    expect(build).toThrow(DefinitionError);
    for (const part of ['worker "export"', 'cpu', 'scale.min', 'scale.max']) {
      expect(build).toThrow(part);
    }
  });

  it('has its lease as the visibility of its queue', () => {
    expect(visibilitySeconds(workerOn(fargate()))).toBe(12);
  });
});

describe('a worker on Lambda', () => {
  it.each([
    [{}, 1_024, 10],
    [{ memory: 128, maxConcurrency: 2 }, 128, 2],
    [{ memory: 10_240, maxConcurrency: 1_000 }, 10_240, 1_000],
  ])('takes %j', (options, memory, maxConcurrency) => {
    const { compute } = workerOn(lambda(options));
    expect(compute).toEqual({ kind: 'lambda', memory, maxConcurrency });
  });

  it.each([
    [{ memory: 127 }, 'compute.memory: expected a whole number from 128 to 10240, got 127'],
    [{ memory: 10_241 }, 'compute.memory: '],
    [{ memory: 512.5 }, 'compute.memory: '],
    [
      { maxConcurrency: 1 },
      'compute.maxConcurrency: expected a whole number from 2 to 1000, got 1',
    ],
    [{ maxConcurrency: 1_001 }, 'compute.maxConcurrency: '],
  ])('is refused with %j', (options, problem) => {
    expect(() => workerOn(lambda(options))).toThrow(problem);
  });

  it('has no task for which the 15 minutes of a function are too short', () => {
    expect(functionTimeoutSeconds(workerOn(lambda(), '870s'))).toBe(900);
    expect(() => workerOn(lambda(), '871s')).toThrow(
      'compute: expected a timeLimit of at most 870000 ms for "export.run"',
    );
    expect(() => workerOn(fargate(), '871s')).not.toThrow();
  });

  it('has a function that outlasts the longest of its tasks, in whole seconds', () => {
    expect(functionTimeoutSeconds(workerOn(lambda(), '90s'))).toBe(120);
    expect(functionTimeoutSeconds(workerOn(lambda(), '1500ms'))).toBe(32);
  });

  it('has a queue that hides messages for six times the timeout of its function', () => {
    expect(visibilitySeconds(workerOn(lambda(), '90s'))).toBe(720);
    // The longest that SQS hides a message is 43,200 s.
    expect(visibilitySeconds(workerOn(lambda(), '870s'))).toBe(5_400);
  });
});
