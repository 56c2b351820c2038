import {
  type AnyTask,
  type Handler,
  type Json,
  LARGEST_VALUE_BYTES,
  type TaskContext,
  TooLargeError,
  validate,
} from '../../contract/index.ts';

export interface Callable {
  readonly task: AnyTask;
  readonly handler: Handler;
  /** As it came. */
  readonly input: Json | undefined;
}

/** Calls the handler on checked input; resolves to its return value as JSON. */
export async function callHandler(
  { task, handler, input }: Callable,
  context: TaskContext,
): Promise<string> {
  const checked = validate(`input of ${task.name}`, task.input, input);
  if (!checked.ok) throw checked.error;
  const text = JSON.stringify(await handler(checked.value, context)) ?? 'null';
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > LARGEST_VALUE_BYTES) {
    throw new TooLargeError(`the output of ${task.name}`, sizeBytes, LARGEST_VALUE_BYTES);
  }
  return text;
}
