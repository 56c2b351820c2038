import type { Clock } from '../clock.ts';
import {
  type CanvasNode,
  derivedTaskId,
  FLOW_WORKER,
  type Json,
  newTaskId,
  nodeOf,
  type StartOptions,
  type Step,
  type TaskId,
  type TaskMessage,
} from '../contract/index.ts';
import {
  Lanes,
  type Origin,
  type SchedulePort,
  scheduleVia,
  type Scheduling,
} from '../schedule/index.ts';
import { NoResultError } from './errors.ts';

/** A canvas that was started. */
export interface StartedFlow {
  readonly id: TaskId;
  readonly canvas: CanvasNode;
  readonly options: StartOptions;
}

/** What a handler asked for. */
export interface Asked {
  /** The messages as they would have gone out. */
  readonly scheduled: TaskMessage[];
  readonly started: StartedFlow[];
}

/** What tasks return that a handler waits for, by their names; those of `flow` are what started canvases return. */
export type Results = Readonly<Record<string, unknown>>;

export interface RecordingOptions {
  readonly origin: Origin;
  readonly clock: Pick<Clock, 'now' | 'random' | 'randomBytes'>;
  readonly results: Results;
}

/** Ways to schedule that check everything as the real ones do, and publish nothing. */
export function recordedScheduling(
  { origin, clock, results }: RecordingOptions,
  asked: Asked,
): Scheduling & { readonly port: SchedulePort } {
  const port: SchedulePort = {
    publish: async ({ message }) => {
      asked.scheduled.push(message);
      return { id: message.id, isDuplicate: false };
    },
    start: async ({ idempotencyKey }) =>
      idempotencyKey === undefined
        ? newTaskId(FLOW_WORKER, clock)
        : derivedTaskId(FLOW_WORKER, [idempotencyKey]),
    output: async (id) => outputOf(results, asked, id),
  };
  const { start, ...scheduling } = scheduleVia({ port, origin, clock, lanes: new Lanes(clock) });
  const recorded = async (canvas: Step, options: StartOptions = {}) => {
    const handle = await start(canvas as never, options as never);
    asked.started.push({ id: handle.id, canvas: nodeOf(canvas), options });
    return handle;
  };
  return { ...scheduling, start: recorded as typeof start, port };
}

function outputOf(results: Results, { scheduled }: Asked, id: TaskId): Json {
  const name = scheduled.find((message) => message.id === id)?.task ?? 'flow';
  if (!(name in results)) throw new NoResultError(name);
  return JSON.parse(JSON.stringify(results[name]) ?? 'null') as Json;
}
