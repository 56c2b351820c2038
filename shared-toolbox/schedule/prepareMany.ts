import {
  type AnyTask,
  type InputOf,
  type ManyOptions,
  ValidationError,
} from '../contract/index.ts';
import type { MessageRequest } from './buildMessage.ts';
import { type Prepared, prepare } from './prepare.ts';

export interface ManyRequest<T extends AnyTask> extends Omit<
  MessageRequest,
  'task' | 'input' | 'options'
> {
  readonly task: T;
  readonly options: ManyOptions<T>;
}

/**
 * Checks a call of `scheduleMany()`, all its inputs before anything is published. Throws ValidationError, which says of which input
 * it speaks.
 */
export function prepareMany<T extends AnyTask>(
  { task, options, ...request }: ManyRequest<T>,
  inputs: readonly InputOf<T>[],
): Prepared[] {
  const optionsOf = typeof options === 'function' ? options : () => options;
  if (typeof options !== 'function' && options.idempotencyKey !== undefined) {
    const message = 'expected a function that gives each input a key of its own';
    throw new ValidationError('options', [{ field: 'idempotencyKey', message }]);
  }
  return inputs.map((input, i) => {
    try {
      return prepare({ ...request, task, input, options: optionsOf(input, i) });
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      const [first, ...rest] = error.problems;
      const which = `input ${i + 1} of ${inputs.length}`;
      throw first ? new ValidationError(which, [first, ...rest]) : error;
    }
  });
}
