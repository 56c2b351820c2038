import { callHandler } from './callHandler.ts';
import { type HandlerPlace, type HandlerPool, UNRESPONSIVE_AFTER_MS } from './handlerPool.ts';

/**
 * Runs a handler in this event loop. JavaScript cannot stop one that goes on after its end: the log says so, and what it still does is
 * fenced off.
 */
export const inlinePlace: HandlerPlace = {
  release: () => undefined,
  begin: ({ attempt, context, log }) => ({
    output: callHandler({ ...attempt, input: attempt.message.input }, context),
    graceMs: () => UNRESPONSIVE_AFTER_MS,
    abandon: async () => log.event('handler.unresponsive', { attempt: attempt.number }),
  }),
};

/** Runs handlers in this event loop. */
export function inlinePool(): HandlerPool {
  return {
    take: async () => inlinePlace,
    resize: () => undefined,
    starting: () => undefined,
    broken: new Promise(() => undefined),
    close: async () => undefined,
  };
}
