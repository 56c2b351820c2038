import { z } from 'zod';
import type { Handler } from './implement.ts';
import type { AnyTask } from './task.ts';

/** The task over a list: one message, one attempt, and the contract's limits for the whole of it. */
export function eachTask(task: AnyTask): AnyTask {
  const { input, output } = task;
  const own = { group: undefined, concurrency: undefined };
  return { ...task, ...own, input: z.array(input), output: z.array(output) };
}

/** A handler for the list: one after the other, so that each has the promises of the one before to build on. */
function eachHandler(handler: Handler): Handler {
  return async (inputs: readonly unknown[], context) => {
    const outputs: unknown[] = [];
    for (const [i, input] of inputs.entries()) {
      context.signal.throwIfAborted();
      outputs.push(
        (await handler(input, {
          ...context,
          // Another for each: services that deduplicate would take the second for the first.
          idempotencyKey: `${context.idempotencyKey}/${i}`,
          progress: (fraction, note) => context.progress((i + fraction) / inputs.length, note),
        })) ?? null,
      );
      context.progress((i + 1) / inputs.length);
    }
    return outputs;
  };
}

/** A task and its handler, or both over a list. */
export function asList(
  { task, handler }: { readonly task: AnyTask; readonly handler: Handler },
  each: boolean,
): { readonly task: AnyTask; readonly handler: Handler } {
  return each ? { task: eachTask(task), handler: eachHandler(handler) } : { task, handler };
}
