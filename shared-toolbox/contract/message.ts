import { z } from 'zod';
import { FormatError } from '../errors.ts';
import { holdsInput } from './offload.ts';
import { taskFields } from './taskFields.ts';
import { traceContext } from './traceContext.ts';
import { DEEPEST, fit, type Parsed } from './validate.ts';

/** The version that this code writes, and the only one that it reads. */
export const MESSAGE_VERSION = 1;

/** The SNS message attribute that carries the routing key, a worker's name and maybe a priority; queues filter on it. */
export const WORKER_ATTRIBUTE = 'worker';

const schema = z
  .object({
    ...taskFields,
    v: z.literal(MESSAGE_VERSION),
    /** Task name; the worker looks it up, so an unknown one is no format error. */
    task: z.string().min(3).max(95),
    /** Of the span that scheduled it. Not for people: no record has it. */
    trace: traceContext,
  })
  .superRefine(holdsInput);

/** The wire form of a task on topic and queues: the JSON body of an SNS message, delivered raw. */
export type TaskMessage = Readonly<z.output<typeof schema>>;

/**
 * The two characters that JSON leaves as they are and SQS refuses
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html). What SNS does
 * with a message that its queues refuse is not documented: at best it would be lost where nobody sees it.
 */
const REFUSED = /[\uFFFE\uFFFF]/g;

/** The body of a message: JSON of characters that SQS takes. */
export function serializeMessage(message: TaskMessage): string {
  return JSON.stringify(message).replaceAll(
    REFUSED,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}

/** The message in a body, or which field is wrong. A message of another version is refused by its field `v`. */
export function parseMessage(body: string): Parsed<TaskMessage, FormatError> {
  const json = parseJson(body);
  if (!json.ok) return json;
  const parsed = fit(schema, json.value, DEEPEST + 1);
  if (parsed.ok) return parsed;
  return { ok: false, error: new FormatError('message', parsed.error[0]) };
}

function parseJson(body: string): Parsed<unknown, FormatError> {
  try {
    return { ok: true, value: JSON.parse(body) };
  } catch (cause) {
    const problem = { field: '(root)', message: 'is not JSON' };
    return { ok: false, error: new FormatError('message', problem, { cause }) };
  }
}
