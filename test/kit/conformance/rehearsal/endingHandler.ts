import { setTimeout as delay } from 'node:timers/promises';
import type { Handler } from '@taskfleet/toolbox/contract';

/** How a handler took the end of its attempt. */
export type Ending = 'ended' | 'goes on';

export interface EndingHandler {
  /** Runs in the place of the own handler. */
  readonly handler: Handler;
  /** Resolves when the attempt has been told to end, and the own handler has done so or has had its time. */
  readonly ending: Promise<Ending>;
}

/** Waits for the attempt's end, and then begins the own handler, which is told at once: at no other moment is it known to run. */
export function endingHandler(own: Handler, graceMs: number): EndingHandler {
  const ending = Promise.withResolvers<Ending>();
  const handler: Handler = async (input, context) => {
    await aborted(context.signal);
    const told = new AbortController();
    const running = Promise.resolve(own(input, { ...context, signal: told.signal }));
    told.abort(context.signal.reason);
    const ended = running.then(
      () => 'ended' as const,
      () => 'ended' as const,
    );
    const how = await Promise.race([ended, delay(graceMs, 'goes on' as const, { ref: false })]);
    ending.resolve(how);
    return how === 'ended' ? running : context.signal.throwIfAborted();
  };
  return { handler, ending: ending.promise };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
