import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Duration, defineTask, secret, type TaskName, type TaskOptions } from './index.ts';

type Options = Partial<TaskOptions<z.ZodType, z.ZodType>>;

function define(name: string, options: Options = {}) {
  return defineTask(name as TaskName, { input: z.string(), output: z.string(), ...options });
}

describe('defineTask', () => {
  it('fills in what is left out', () => {
    expect(define('export.project')).toMatchObject({
      worker: 'export',
      retry: { maxAttempts: 5, initialMs: 2_000, factor: 2, maxMs: 300_000, jitter: true },
      softTimeLimitMs: undefined,
      timeLimitMs: 600_000,
      retentionMs: 30 * 86_400_000,
    });
  });

  it('is frozen', () => {
    const task = define('export.project');
    expect(Object.isFrozen(task)).toBe(true);
    expect(Object.isFrozen(task.retry)).toBe(true);
  });

  it.each([
    'a.b',
    'export.project',
    'layer-index.fetchLayer',
    `${'w'.repeat(31)}.${'a'.repeat(63)}`,
  ])('takes the name %s', (name) => {
    expect(define(name).name).toBe(name);
  });

  it.each([
    'export',
    'Export.project',
    'export.',
    '.project',
    'export.project.all',
    'ex_port.all',
    'export.a b',
    '1export.all',
    'export.all\n',
    `${'w'.repeat(32)}.a`,
    `w.${'a'.repeat(64)}`,
  ])('refuses the name %j', (name) => {
    expect(() => define(name)).toThrow('name: expected worker.action');
  });

  it.each<[string, Options]>([
    ['retry.maxAttempts: expected a whole number', { retry: { maxAttempts: 0 } }],
    ['retry.maxAttempts: expected a whole number', { retry: { maxAttempts: 1.5 } }],
    ['retry.maxAttempts: expected a whole number', { retry: { maxAttempts: Number.NaN } }],
    [
      'retry.maxAttempts: expected a whole number from 1 to 99, got 101',
      { retry: { maxAttempts: 101 } },
    ],
    ['retry.backoff.factor: expected 1 to 10, got 0.5', { retry: { backoff: { factor: 0.5 } } }],
    [
      'retry.backoff.factor: expected 1 to 10, got NaN',
      { retry: { backoff: { factor: Number.NaN } } },
    ],
    ['retry.backoff.max: expected at most 11h', { retry: { backoff: { max: '12h' } } }],
    [
      'retry.backoff.initial: expected at most backoff.max',
      { retry: { backoff: { initial: '6m' } } },
    ],
    ['timeLimit: expected 1s to 12h', { timeLimit: '999ms' }],
    ['timeLimit: expected 1s to 12h', { timeLimit: '13h' }],
    ['softTimeLimit: expected less than timeLimit', { timeLimit: '5s', softTimeLimit: '5s' }],
  ])('says "%s"', (problem, options) => {
    expect(() => define('export.project', options)).toThrow(problem);
  });

  it('lists every problem at once', () => {
    const build = () =>
      define('Export', {
        retry: { maxAttempts: 0, backoff: { factor: 11, max: '12h' } },
        timeLimit: '1ms',
        softTimeLimit: '2ms',
      });
    const names = ['name', 'maxAttempts', 'factor', 'max', 'timeLimit', 'softTimeLimit'];
    for (const name of names) expect(build).toThrow(`${name}: `);
  });

  it.each(['', '5', 'm', '1.5s', '-1s', '1e3s', ' 1s', '1 s', '1s2m', '1w'])(
    'refuses the duration %j',
    (text) => {
      expect(() => define('export.all', { timeLimit: text as Duration })).toThrow(`got "${text}"`);
    },
  );
});

describe('what a task declaration refuses', () => {
  const schemas = { input: z.object({}), output: z.object({}) };

  it('names the field of each duration that is none, beside everything else', () => {
    const build = () =>
      defineTask('Export.run', {
        ...schemas,
        timeLimit: '5 m',
        retry: { backoff: { max: 'long' as '1m' } },
      });
    for (const part of [
      'retry.backoff.max: expected digits',
      'timeLimit: expected digits',
      'name:',
    ]) {
      expect(build).toThrow(part);
    }
  });

  it('is a time limit and a backoff that a message cannot be hidden for', () => {
    const retry = { backoff: { max: '2h' } } as const;
    const build = (timeLimit: Duration) =>
      defineTask('export.run', { ...schemas, retry, timeLimit });
    expect(() => build('11h')).toThrow('expected at most 12h together with retry.backoff.max');
    expect(build('10h').timeLimitMs).toBe(36_000_000);
  });

  it('is more snoozes and attempts than the queue can count', () => {
    const build = (maxAttempts: number, maxSnoozes?: number) =>
      defineTask('export.run', {
        ...schemas,
        retry: { maxAttempts, ...(maxSnoozes !== undefined && { maxSnoozes }) },
      });
    expect(() => build(90, 10)).toThrow('expected at most 99 together with maxAttempts');
    expect(() => build(1, -1)).toThrow('retry.maxSnoozes: expected a whole number from 0');
    expect(build(90).retry.maxSnoozes).toBe(9);
    expect(build(1).retry.maxSnoozes).toBe(20);
  });

  it.each(['1s', '3651d'] as const)('is a retention of %s', (retention) => {
    expect(() => defineTask('export.run', { ...schemas, retention })).toThrow(
      'retention: expected 1m to 3650d',
    );
  });

  it('is a secret in the output, which nobody could ever read', () => {
    const output = z.object({ url: secret(z.url()) });
    expect(() => defineTask('export.run', { ...schemas, output })).toThrow(
      'output: expected no secret',
    );
  });
});
