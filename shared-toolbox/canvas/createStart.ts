import type { Clock } from '../clock.ts';
import {
  type Duration,
  type Start,
  type StartOptions,
  type Step,
  toMilliseconds,
} from '../contract/index.ts';
import type { Origin } from '../schedule/buildMessage.ts';
import { awaitFlow } from './awaitFlow.ts';
import { startFlow, type StartFlowOptions } from './startFlow.ts';

export interface CreateStartOptions extends StartFlowOptions {
  readonly clock: Clock;
}

/** Makes `start()`, for somebody or on behalf of a task. */
export function createStart(options: CreateStartOptions, origin: Origin | undefined): Start {
  const { table, bucket, clock } = options;
  const start = async (canvas: Step, asked: StartOptions = {}) => {
    const id = await startFlow(options, { canvas, options: asked, origin });
    return {
      id,
      result: async ({ timeout = '1m' }: { readonly timeout?: Duration } = {}) =>
        awaitFlow({ table, bucket, clock, canvas, id, timeoutMs: toMilliseconds(timeout) }),
    };
  };
  // What the handle gives follows from the canvas, and is checked by the compiler where it is started.
  return start as Start;
}
