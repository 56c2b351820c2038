import { describe, expect, it } from 'vitest';
import { LeaseLostError } from '../../consume/index.ts';
import {
  NonRetryableError,
  PublishError,
  ResultIgnoredError,
  RetryAfter,
  Snooze,
  TooLargeError,
  UnavailableError,
  UnknownTaskError,
  ValidationError,
} from '../../contract/index.ts';
import { CancelledError, TimeLimitError, WorkerStoppingError } from '../errors.ts';
import { fromWire, toWire } from './wireError.ts';

class OwnError extends NonRetryableError {
  readonly place = { line: 3 };
  readonly callback = () => undefined;
}

/** What comes out on the other side of a thread's border. */
const passed = (thrown: unknown) => fromWire(structuredClone(toWire(thrown)));

describe('an error that crosses the border of a thread', () => {
  it.each([
    new NonRetryableError('no'),
    new RetryAfter('5s', 'later'),
    new Snooze('1h'),
    new ValidationError('input', [{ field: 'to', message: 'expected an address' }]),
    new TooLargeError('it', 2, 1),
    new UnavailableError('x_1', 'away', { retryAfterMs: 5, cause: new Error('because') }),
    new PublishError('x_1', 'refused'),
    new ResultIgnoredError('x_1'),
    new UnknownTaskError('x_y', undefined, ['x_z']),
    new TimeLimitError(1_000),
    new CancelledError('alice'),
    new WorkerStoppingError('stops'),
    new LeaseLostError('lost'),
    new RangeError('range'),
  ])('is of its class, with all that it says: %s', (error) => {
    const other = passed(error);
    expect(other).toBeInstanceOf(error.constructor);
    expect(Object.getPrototypeOf(other)).toBe(Object.getPrototypeOf(error));
    expect(Object.entries(other)).toEqual(Object.entries(error));
    const { name, message, stack, cause } = error;
    expect(other).toMatchObject({ name, message, stack });
    expect(other.cause).toEqual(cause);
  });

  it('of a class of its own is of the nearest that counts, under its own name', () => {
    const other = passed(new OwnError('mine'));
    expect(other).toBeInstanceOf(NonRetryableError);
    expect(other).toMatchObject({ name: 'OwnError', message: 'mine', place: { line: 3 } });
    expect(other).not.toHaveProperty('callback');
  });

  it.each([
    ['a text', 'the handler threw a text'],
    [undefined, 'the handler threw undefined'],
  ])('is one whatever was thrown: %s', (thrown, message) => {
    expect(passed(thrown)).toMatchObject({ name: 'Error', message });
  });
});
