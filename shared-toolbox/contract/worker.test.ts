import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTask, defineWorker, maxReceiveCount, type WorkerOptions } from './index.ts';

const schemas = { input: z.string(), output: z.string() };
const run = defineTask('export.run', schemas);
const ping = defineTask('export.ping', schemas);
const again = defineTask('export.again', { ...schemas, retry: { maxAttempts: 99 } });

describe('defineWorker', () => {
  it('fills in what is left out', () => {
    const worker = defineWorker('export', { tasks: [run] });
    expect(worker).toMatchObject({ name: 'export', concurrency: 10, leaseSeconds: 12 });
    expect(Object.isFrozen(worker)).toBe(true);
  });

  it.each([
    { concurrency: 1, lease: '6s' },
    { concurrency: 1_000, lease: '10m' },
    { concurrency: 8, lease: '6500ms' },
  ] as const)('takes %j', (options) => {
    expect(defineWorker('export', { tasks: [run], ...options })).toMatchObject({
      concurrency: options.concurrency,
    });
  });

  it.each<[string, Partial<WorkerOptions<(typeof run | typeof ping)[]>>]>([
    ['concurrency: expected a whole number from 1 to 1000, got 0', { concurrency: 0 }],
    ['concurrency: expected a whole number from 1 to 1000, got 1.5', { concurrency: 1.5 }],
    ['concurrency: expected a whole number from 1 to 1000, got 1001', { concurrency: 1_001 }],
    ['lease: expected 6s to 10m, got 5 s', { lease: '5s' }],
    ['lease: expected 6s to 10m, got 601 s', { lease: '601s' }],
    ['tasks: expected at least one', { tasks: [] }],
    ['tasks: the name "export.ping" is reserved', { tasks: [run, ping] }],
    ['tasks: "export.run" is declared twice', { tasks: [run, run, run] }],
  ])('says "%s"', (problem, options) => {
    expect(() => defineWorker('export', { tasks: [run], ...options })).toThrow(problem);
  });

  it.each(['', 'Export', 'ex_port', 'ex.port', '1export', 'w'.repeat(32)])(
    'refuses the name %j',
    (name) => {
      expect(() => defineWorker(name, { tasks: [] })).toThrow('name: expected lower-case letters');
    },
  );

  it("refuses another worker's task, also where types do not hold", () => {
    const other = defineTask('email.send', schemas) as unknown as typeof run;
    expect(() => defineWorker('export', { tasks: [run, other] })).toThrow(
      'tasks: expected names that begin with "export.", got "email.send"',
    );
  });

  it('lists every problem at once', () => {
    const build = () => defineWorker('Export', { tasks: [], concurrency: -1, lease: '1s' });
    for (const part of ['name', 'tasks', 'concurrency', 'lease']) {
      expect(build).toThrow(`${part}: `);
    }
  });
});

describe('maxReceiveCount', () => {
  it('covers ten messages of a batch, each with all attempts of the task that is tried most often', () => {
    expect(maxReceiveCount({ tasks: [run] })).toBeGreaterThan(10 * run.retry.maxAttempts);
    expect(maxReceiveCount({ tasks: [run, again] })).toBeGreaterThan(10 * 99);
    // SQS's own limit.
    expect(maxReceiveCount({ tasks: [run, again] })).toBeLessThanOrEqual(1_000);
  });
});
