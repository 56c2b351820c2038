import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type AnyTask,
  defineTask,
  type InputOf,
  type ManyOptions,
  parseMessage,
  type ScheduleOptions,
  serializeMessage,
  ValidationError,
  withLimits,
} from '../contract/index.ts';
import { manualClock } from '../testing/manualClock.ts';
import { buildMessage } from './buildMessage.ts';
import { Lanes } from './lanes.ts';
import { outgoing } from './outgoing.ts';
import { prepareMany } from './prepareMany.ts';

const task = defineTask('mail.send', {
  input: z.object({ to: z.string() }),
  output: z.void(),
  retry: { maxAttempts: 4 },
  softTimeLimit: '4m',
  timeLimit: '5m',
  group: ({ to }) => to,
});
const clock = manualClock();
const lanes = new Lanes(clock);
const NOW = clock.now();
const DECADE_MS = 3_650 * 86_400_000;

function build(options: ScheduleOptions) {
  const input = { to: 'a' };
  return buildMessage({ task, input, options, origin: undefined, clock, lanes });
}

const urgent = defineTask('mail.alert', {
  input: z.object({ to: z.string() }),
  output: z.void(),
  priority: 'low',
});

describe('the priority of a call', () => {
  const ask = (of: AnyTask, options: ScheduleOptions) =>
    buildMessage({ task: of, input: { to: 'a' }, options, origin: undefined, clock, lanes });

  it("is the contract's, unless it asks for another; normal is not written", () => {
    expect(ask(urgent, {})).toMatchObject({ priority: 'low' });
    expect(ask(urgent, { priority: 'high' })).toMatchObject({ priority: 'high' });
    expect(ask(urgent, { priority: 'normal' })).not.toHaveProperty('priority');
    expect(ask(task, { priority: 'normal' })).not.toHaveProperty('priority');
  });

  it.each<[string, AnyTask, object, string]>([
    [
      'none that no queue would take',
      task,
      { priority: 'high' },
      '"mail.send" declares no priority',
    ],
    ['none that does not exist', urgent, { priority: 'urgent' }, 'expected high, normal, low, got'],
    ['none beside a group', urgent, { group: 'a' }, 'order does not hold across queues'],
  ])('is %s', (_what, of, options, problem) => {
    expect(() => ask(of, options)).toThrow(ValidationError);
    expect(() => ask(of, options)).toThrow(problem);
  });

  it('reaches the topic as part of the routing key', () => {
    expect(outgoing(ask(urgent, { priority: 'high' }))).toMatchObject({ priority: 'high' });
  });
});

describe('a call of schedule()', () => {
  it.each<[string, ScheduleOptions, object]>([
    ['after a delay', { delay: '2h' }, { dueAt: NOW + 7_200_000 }],
    ['at a moment', { eta: new Date(NOW + 5) }, { dueAt: NOW + 5 }],
    ['at the farthest moment', { delay: '3650d' }, { dueAt: NOW + DECADE_MS }],
    ['before it expires', { delay: '1m', expires: '2m' }, { expires: NOW + 120_000 }],
    ['before a moment', { expires: new Date(NOW + 9) }, { expires: NOW + 9 }],
    ['in a group of its own', { group: 'b' }, { group: 'b' }],
    ['without its result', { ignoreResult: true }, { ignoreResult: true }],
  ])('asks for it %s', (_what, options, fields) => {
    expect(build(options)).toMatchObject(fields);
  });

  it('asks for it at once, also with a moment that has passed', () => {
    for (const options of [{}, { eta: new Date(NOW - 5) }, { delay: '0s' } as const]) {
      expect(build(options)).not.toHaveProperty('dueAt');
    }
  });

  it.each<[string, ScheduleOptions]>([
    ['delay: expected digits and one of', { delay: '-5s' }],
    ['delay: expected digits and one of', { delay: '3651d' }],
    ['eta: expected a valid Date', { eta: new Date('never') }],
    ['eta: expected a valid Date', { eta: new Date(NOW + DECADE_MS + 1) }],
    ['eta: expected none beside delay', { delay: '1s', eta: new Date(NOW + 1) }],
    ['expires: expected later than', { expires: new Date(NOW) }],
    ['expires: expected later than', { delay: '2m', expires: '2m' }],
    ['creator: expected 1 to 256 characters, got 0', { creator: '' }],
    ['idempotencyKey: expected 1 to 256 characters, got 257', { idempotencyKey: 'k'.repeat(257) }],
    ['group: expected 1 to 256 characters', { group: '' }],
    ['retry.maxAttempts: expected at most the contract', { retry: { maxAttempts: 5 } }],
    ['retry.maxAttempts: expected a whole number', { retry: { maxAttempts: 0 } }],
    ['retry.backoff.max: expected at most the contract', { retry: { backoff: { max: '6m' } } }],
    ['timeLimit: expected at most the contract', { timeLimit: '6m' }],
    ['timeLimit: expected at least 1s', { timeLimit: '999ms' }],
    ['softTimeLimit: expected less than timeLimit', { timeLimit: '2m', softTimeLimit: '2m' }],
    ['timeLimit: expected digits', { timeLimit: 'soon' as '1s' }],
  ])('is refused with %s', (problem, options) => {
    expect(() => build(options)).toThrow(`options: ${problem}`);
  });

  it('tells of everything that is wrong at once', () => {
    expect(() => build({ delay: '-1s', subject: '', timeLimit: '1d' })).toThrow(
      /delay: .*; timeLimit: .*; subject: /,
    );
  });

  it('makes the same id of the same task and key, and of nothing else', () => {
    const [one, again] = [build({ idempotencyKey: 'k' }), build({ idempotencyKey: 'k' })];
    expect(one).toMatchObject({ id: again.id, keyed: true });
    expect(build({ idempotencyKey: 'l' }).id).not.toBe(one.id);
    expect(build({}).id).not.toBe(build({}).id);
  });

  it('survives the wire with all its options', () => {
    const backoff = { initial: '1s', factor: 1, max: '1m', jitter: false } as const;
    const retry = { maxAttempts: 2, backoff };
    const limits = { retry, timeLimit: '1m', softTimeLimit: '30s' } as const;
    const asked = { ...limits, delay: '1s', expires: '1h', idempotencyKey: 'k' } as const;
    const message = build({ ...asked, ignoreResult: true });
    expect(parseMessage(serializeMessage(message))).toEqual({ ok: true, value: message });
  });
});

describe('what a call tightens', () => {
  it('is what the worker runs the task with', () => {
    const { limits } = build({
      retry: { maxAttempts: 2, backoff: { max: '1s' } },
      timeLimit: '2m',
    });
    expect(withLimits(task, limits)).toMatchObject({
      retry: { maxAttempts: 2, maxMs: 1_000, initialMs: 1_000, factor: 2, jitter: true },
      timeLimitMs: 120_000,
      softTimeLimitMs: undefined,
    });
    expect(withLimits(task, undefined)).toBe(task);
  });

  it('never goes beyond the contract, whoever wrote the message', () => {
    const limits = { maxAttempts: 99, timeLimitMs: 1e9, softTimeLimitMs: 1e9 };
    expect(withLimits(task, limits)).toMatchObject({
      retry: { maxAttempts: 4 },
      timeLimitMs: 300_000,
      softTimeLimitMs: undefined,
    });
  });
});

describe('a call of scheduleMany()', () => {
  const buildMany = (
    inputs: readonly InputOf<typeof task>[],
    options: ManyOptions<typeof task> = {},
  ) => prepareMany({ task, options, origin: undefined, clock, lanes }, inputs);

  it('has a message for each input, in order', () => {
    const built = buildMany([{ to: 'a' }, { to: 'b' }], { subject: 's' });
    expect(built.map(({ message }) => [message.input, message.subject])).toEqual([
      [{ to: 'a' }, 's'],
      [{ to: 'b' }, 's'],
    ]);
    expect(buildMany([])).toEqual([]);
  });

  it('may have other options for each', () => {
    const built = buildMany([{ to: 'a' }, { to: 'b' }], ({ to }, i) => ({
      idempotencyKey: `${to}${i}`,
      durable: i === 1,
    }));
    expect(built.map(({ isDurable }) => isDurable)).toEqual([false, true]);
    expect(new Set(built.map(({ message }) => message.id)).size).toBe(2);
  });

  it('is refused as a whole, and says for which input', () => {
    const wrong = { to: 1 } as unknown as { to: string };
    expect(() => buildMany([{ to: 'a' }, wrong])).toThrow('input 2 of 2: to: ');
    expect(() => buildMany([{ to: 'a' }], { idempotencyKey: 'k' })).toThrow(
      'idempotencyKey: expected a function that gives each input a key of its own',
    );
  });
});
