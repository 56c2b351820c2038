import {
  type AnyTask,
  type InputOf,
  type ManyOptions,
  type ScheduleOptions,
  type TaskMessage,
  ValidationError,
} from '../contract/index.ts';
import { buildMessage, type MessageRequest } from './buildMessage.ts';

export interface ManyRequest<T extends AnyTask> extends Omit<
  MessageRequest,
  'task' | 'input' | 'options'
> {
  readonly task: T;
  readonly options: ManyOptions<T>;
}

interface Call {
  readonly message: TaskMessage;
  readonly options: ScheduleOptions;
}

/** The messages of one call of `scheduleMany()`, in order. Throws ValidationError, which says of which input it speaks, before anything is published. */
export function buildMessages<T extends AnyTask>(
  { task, options, ...request }: ManyRequest<T>,
  inputs: readonly InputOf<T>[],
): Call[] {
  const optionsOf = typeof options === 'function' ? options : () => options;
  if (typeof options !== 'function' && options.idempotencyKey !== undefined) {
    const message = 'expected a function that gives each input a key of its own';
    throw new ValidationError('options', [{ field: 'idempotencyKey', message }]);
  }
  return inputs.map((input, i) => {
    const own = optionsOf(input, i);
    try {
      return { message: buildMessage({ ...request, task, input, options: own }), options: own };
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      const [first, ...rest] = error.problems;
      throw first
        ? new ValidationError(`input ${i + 1} of ${inputs.length}`, [first, ...rest])
        : error;
    }
  });
}
