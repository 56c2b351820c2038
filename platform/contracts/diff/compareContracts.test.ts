import {
  type AnyTask,
  defineTask,
  defineWorker,
  lambda,
  type TaskName,
  threads,
  type Worker,
} from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changesBetween } from '../testing/changesBetween.ts';

const input = z.object({ project: z.string(), user: z.string() });

function taskWith(options: object, name: TaskName = 'a.b'): AnyTask {
  return defineTask(name, { input, output: z.void(), ...options });
}

function workerWith(options: object, tasks: readonly AnyTask[] = [taskWith({})]): Worker {
  return defineWorker('a', { tasks, ...options } as never);
}

function told(before: readonly Worker[], after: readonly Worker[]): string[] {
  return changesBetween(before, after).map(({ verdict, subject, place, what }) =>
    [verdict, subject, place === undefined ? what : `${place}: ${what}`].join(' '),
  );
}

const ofTask = (before: object, after: object) =>
  told([workerWith({}, [taskWith(before)])], [workerWith({}, [taskWith(after)])]);

const byProject = ({ project }: z.output<typeof input>) => project;
const byUser = ({ user }: z.output<typeof input>) => user;

describe('a task', () => {
  it.each([
    [{ group: byProject }, { group: byProject }, []],
    [{}, { group: byProject }, ['careful a.b group: it was added']],
    [{ group: byProject }, {}, ['breaking a.b group: it was removed']],
    [
      { group: byProject },
      { group: byUser },
      ['unjudged a.b group: the text of its function has changed'],
    ],
    [{}, { unique: byUser }, ['careful a.b unique: it was added']],
    [
      { concurrency: { key: byUser, limit: 3 } },
      { concurrency: { key: byUser, limit: 2 } },
      ['careful a.b concurrency.limit: it was 3, is 2'],
    ],
    [
      { retry: { maxAttempts: 5 } },
      { retry: { maxAttempts: 3 } },
      ['careful a.b retry.maxAttempts: it was 5, is 3'],
    ],
    [
      { retry: { maxAttempts: 3 } },
      { retry: { maxAttempts: 5 } },
      ['compatible a.b retry.maxAttempts: it was 3, is 5'],
    ],
    [
      { timeLimit: '10m' },
      { timeLimit: '5m' },
      ['careful a.b timeLimitMs: it was 600000, is 300000'],
    ],
    [{}, { softTimeLimit: '1m' }, ['careful a.b softTimeLimitMs: it was none, is 60000']],
    [{ softTimeLimit: '1m' }, {}, ['compatible a.b softTimeLimitMs: it was 60000, is none']],
    [
      { retention: '2d' },
      { retention: '1d' },
      ['careful a.b retentionMs: it was 172800000, is 86400000'],
    ],
    [{}, { rateLimit: '10/s' }, ['compatible a.b rateLimitMs: it was none, is 100']],
    [{}, { log: false }, ['compatible a.b log: it was none, is false']],
  ])('is told of by its options (%#)', (before, after, lines) => {
    expect(ofTask(before, after)).toEqual(lines);
  });

  it('is told of when it comes and goes', () => {
    const [one, two] = [taskWith({}), taskWith({}, 'a.c')];
    const before = [workerWith({}, [one])];
    const after = [workerWith({}, [one, two])];
    expect(told(before, after)).toEqual(['careful a.c the task was added']);
    expect(told(after, before)).toEqual(['breaking a.c the task was removed']);
  });

  it('has its worst change first', () => {
    const tasks = (schema: z.ZodType, timeLimit: string) => [
      workerWith({}, [taskWith({ input: schema, timeLimit })]),
    ];
    const before = tasks(z.object({ f: z.enum(['a', 'b']) }), '10m');
    const after = tasks(z.object({ f: z.enum(['a']), g: z.int().optional() }), '5m');
    expect(told(before, after).map((line) => line.split(' ')[0])).toEqual([
      'breaking',
      'careful',
      'compatible',
    ]);
  });
});

describe('a worker', () => {
  it.each([
    [{ lease: '12s' }, { lease: '20s' }, ['compatible a leaseSeconds: it was 12, is 20']],
    [{}, { compute: lambda() }, ['careful a compute.kind: it was fargate, is lambda']],
    [
      {},
      { pool: threads(), concurrency: 1 },
      ['compatible a pool.kind: it was inline, is threads'],
    ],
    [{}, { priorities: true }, ['careful a queues: they were a, are a_high, a, a_low']],
    [{ priorities: true }, {}, ['breaking a queues: they were a_high, a, a_low, are a']],
  ])('is told of by its options (%#)', (before, after, lines) => {
    const changes = told([workerWith(before)], [workerWith(after)]);
    expect(changes).toEqual(expect.arrayContaining(lines));
  });

  it('is told of when it comes and goes', () => {
    expect(told([], [workerWith({})])).toEqual(['careful a the worker was added']);
    expect(told([workerWith({})], [])).toEqual(['breaking a the worker was removed']);
  });

  it('is told of where a task loses its priority', () => {
    const withPriority = (options: object) => [
      workerWith({ priorities: true }, [taskWith(options)]),
    ];
    const [before, after] = [withPriority({ priority: 'low' }), withPriority({})];
    expect(told(before, after)).toEqual(['breaking a.b priority: it was low, is none']);
    expect(told(after, before)).toEqual(['careful a.b priority: it was none, is low']);
  });
});

it('cannot judge a refinement that zod shows nobody, once its file has changed', () => {
  const workers = [workerWith({}, [taskWith({ input: input.superRefine(() => {}) })])];
  expect(changesBetween(workers, workers, ['one', 'one'])).toEqual([]);
  expect(changesBetween(workers, workers, ['one', 'other'])).toMatchObject([
    { verdict: 'unjudged', subject: 'a.b', place: 'input' },
  ]);
});
