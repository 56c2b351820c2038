import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  Handler,
  TaskContext,
  TaskHandle,
  TaskId,
  WorkerImplementation,
} from '@taskfleet/toolbox/contract';

/** A task that a handler has scheduled. */
export interface Child {
  readonly id: TaskId;
  /** Whose context scheduled it. */
  readonly parent: TaskId;
  /** Whose attempt called for it; undefined for a call outside of any. */
  readonly caller: TaskId | undefined;
}

/** The handlers of a worker, each of which another may stand in for, and what they schedule. */
export interface Cast {
  readonly implementation: WorkerImplementation;
  readonly children: readonly Child[];
  /** Has a handler run instead of the own one for the first task of that creator; its children have the same. */
  standIn(creator: string, handler: Handler): void;
}

interface StandIn {
  readonly handler: Handler;
  /** Of the task that it runs, once it has begun. */
  id: TaskId | undefined;
}

export function castOf(implementation: WorkerImplementation): Cast {
  const running = new AsyncLocalStorage<TaskId>();
  const children: Child[] = [];
  const standIns = new Map<string, StandIn>();
  const note = (parent: TaskId, handle: TaskHandle) => {
    children.push({ id: handle.id, parent, caller: running.getStore() });
  };
  const play =
    (own: Handler): Handler =>
    async (input, context) => {
      const standIn = standIns.get(context.creator ?? '');
      if (standIn) standIn.id ??= context.id;
      const handler = standIn?.id === context.id ? standIn.handler : own;
      return running.run(context.id, async (): Promise<unknown> =>
        handler(input, watched(context, note)),
      );
    };
  const handlers = [...implementation.handlers].map(([name, own]) => [name, play(own)] as const);
  return {
    implementation: { ...implementation, handlers: new Map(handlers) },
    children,
    standIn: (creator, handler) => void standIns.set(creator, { handler, id: undefined }),
  };
}

function watched(
  context: TaskContext,
  note: (parent: TaskId, handle: TaskHandle) => void,
): TaskContext {
  return {
    ...context,
    schedule: async (...call) => {
      const handle = await context.schedule(...call);
      note(context.id, handle);
      return handle;
    },
    scheduleMany: async (...call) => {
      const handles = await context.scheduleMany(...call);
      for (const handle of handles) note(context.id, handle);
      return handles;
    },
  };
}
