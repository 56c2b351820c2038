import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeaseLostError } from '../consume/index.ts';
import { NonRetryableError, RetryAfter, Snooze, ValidationError } from '../contract/index.ts';
import { TimeLimitError, WorkerStoppingError } from './errors.ts';
import { type FailedAttempt, outcomeOfFailure } from './outcome.ts';
import { settlementOf } from './settleAttempt.ts';

const retry = {
  maxAttempts: 3,
  initialMs: 2_000,
  factor: 2,
  maxMs: 60_000,
  jitter: false,
  nonRetryable: ['PaymentRefused'],
  maxSnoozes: 2,
};
const failed: FailedAttempt = {
  error: new Error('no'),
  attempt: 1,
  snoozes: 0,
  task: { retry, timeLimitMs: 600_000 },
  abortedBy: undefined,
  random: 0,
};
const invalid = new ValidationError('input', [{ field: 'a', message: 'is wrong' }]);

function outcome(changes: Partial<FailedAttempt>) {
  return outcomeOfFailure({ ...failed, ...changes });
}

describe('what follows from a failed attempt', () => {
  it('is another, after a growing delay', () => {
    expect(outcome({})).toMatchObject({ kind: 'retrying', delayMs: 2_000 });
    expect(outcome({ attempt: 2 })).toMatchObject({ kind: 'retrying', delayMs: 4_000 });
  });

  it('is failure after the last', () => {
    expect(outcome({ attempt: 3 })).toEqual({ kind: 'failed', error: failed.error });
    expect(outcome({ attempt: 3, error: new RetryAfter('1ms') }).kind).toBe('failed');
  });

  it.each([new NonRetryableError('never'), invalid])('is failure at once for %s', (error) => {
    expect(outcome({ error })).toEqual({ kind: 'failed', error });
  });

  it('is another after exactly the delay that the handler asked for', () => {
    expect(outcome({ error: new RetryAfter('7s') })).toMatchObject({ delayMs: 7_000 });
  });

  it('keeps a delay to what a queue can do', () => {
    expect(outcome({ error: new RetryAfter('13h') })).toMatchObject({ delayMs: 39_600_000 });
  });

  it('is no longer than the queue can still hide a message that has run for its whole time', () => {
    const task = { retry, timeLimitMs: 11 * 3_600_000 };
    expect(outcome({ task, error: new RetryAfter('2h') })).toMatchObject({ delayMs: 3_600_000 });
    expect(outcome({ task, error: new Snooze('2h') })).toMatchObject({ delayMs: 3_600_000 });
  });

  it('is a later time without an attempt after Snooze, as often as the task allows', () => {
    const error = new Snooze('5s');
    const snoozed = { kind: 'snoozed', delayMs: 5_000 };
    expect(outcome({ attempt: 3, snoozes: 1, error })).toEqual(snoozed);
    expect(outcome({ snoozes: 2, error })).toMatchObject({
      kind: 'failed',
      error: { message: 'the handler asked for a later time more than 2 times' },
    });
  });

  it('is failure at once for an error that the task names', () => {
    const error = Object.assign(new Error('card expired'), { name: 'PaymentRefused' });
    expect(outcome({ error })).toEqual({ kind: 'failed', error });
  });

  it('is no RetryAfter for what is no duration', () => {
    const build = () => new RetryAfter('-5s');
    expect(build).toThrow('RetryAfter: expected digits and one of ms, s, m, h, d');
  });

  it('depends on what aborted it, not on what was thrown on the way out', () => {
    expect(outcome({ abortedBy: new LeaseLostError('lost') })).toEqual({ kind: 'lost' });
    expect(outcome({ abortedBy: new WorkerStoppingError('stop') })).toEqual({ kind: 'released' });
    const limit = new TimeLimitError(1);
    expect(outcome({ abortedBy: limit })).toMatchObject({ kind: 'retrying', error: limit });
  });

  it.each([undefined, null, 'text', 1, Symbol('s'), Object.create(null), () => 1, { message: {} }])(
    'has an error with a text, whatever was thrown',
    (error) => {
      const { kind, error: made } = outcome({ error }) as { kind: string; error: Error };
      expect(kind).toBe('retrying');
      expect(typeof made.message).toBe('string');
    },
  );

  it('never throws and always says when', () => {
    fc.assert(
      fc.property(fc.anything(), fc.integer({ min: 1, max: 5 }), (error, attempt) => {
        const { kind } = outcome({ error, attempt });
        expect(kind).toBe(attempt >= 3 ? 'failed' : 'retrying');
      }),
    );
  });
});

describe('what becomes of the message', () => {
  const error = failed.error as Error;

  it.each([
    [{ kind: 'succeeded', output: null }, { kind: 'delete' }],
    [{ kind: 'failed', error }, { kind: 'delete' }],
    [
      { kind: 'retrying', error, delayMs: 1_500 },
      { kind: 'hide', seconds: 2 },
    ],
    [
      { kind: 'snoozed', delayMs: 1 },
      { kind: 'hide', seconds: 1 },
    ],
    [{ kind: 'released' }, { kind: 'return' }],
  ] as const)('after %j, once it is recorded: %j', (ended, settlement) => {
    expect(settlementOf({ outcome: ended, written: 'written' })).toEqual(settlement);
  });

  it.each(['superseded', 'unrecorded'] as const)(
    'is left to its next holder when %s',
    (written) => {
      expect(settlementOf({ outcome: { kind: 'succeeded', output: null }, written })).toEqual({
        kind: 'leave',
      });
      expect(settlementOf({ outcome: { kind: 'failed', error }, written })).toEqual({
        kind: 'leave',
      });
      expect(settlementOf({ outcome: { kind: 'lost' }, written })).toEqual({ kind: 'leave' });
    },
  );
});
