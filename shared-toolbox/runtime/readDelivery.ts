import {
  type AnyTask,
  asList,
  type Handler,
  handledTasks,
  nearestName,
  parseMessage,
  type Parsed,
  type TaskMessage,
  withLimits,
  type Worker,
  workerOfId,
  type WorkerImplementation,
} from '../contract/index.ts';

/** A message understood: the task it asks for, and who handles it. */
export interface Delivery {
  readonly message: TaskMessage;
  readonly task: AnyTask;
  readonly handler: Handler;
  /** Why the task's stored input can never be had; the message then has none. */
  readonly unreadable?: Error;
}

/** What a queue's body asks for, or the reason why this worker can never do it. */
export function readDelivery(
  { worker, handlers }: WorkerImplementation,
  body: string,
): Parsed<Delivery, string> {
  const parsed = parseMessage(body);
  if (!parsed.ok) return { ok: false, error: parsed.error.message };
  const message = parsed.value;
  // A filter policy takes up to 15 minutes to change: the queue's word is not enough.
  if (workerOfId(message.id) !== worker.name) {
    return { ok: false, error: `expected a task of "${worker.name}", got "${message.id}"` };
  }
  const task = handledTasks(worker).find(({ name }) => name === message.task);
  const handler = handlers.get(message.task);
  if (!task || !handler) return { ok: false, error: unknownTask(worker, message) };
  const limited = { task: withLimits(task, message.limits), handler };
  return { ok: true, value: { message, ...asList(limited, message.each ?? false) } };
}

function unknownTask({ tasks }: Pick<Worker, 'tasks'>, { task }: TaskMessage): string {
  const known = tasks.map(({ name }) => String(name));
  const nearest = nearestName(task, known);
  const hint = nearest === undefined ? '' : `; the nearest is "${nearest}"`;
  return `unknown task "${task}"; this worker handles ${known.join(', ')}${hint}`;
}
