import type { HeldMessage, QueueClient, Settlement } from '@taskfleet/toolbox/consume';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { Log } from '@taskfleet/toolbox/log';
import { handleBatch } from '../../shared-toolbox/runtime/lambda/handleBatch.ts';
import { InvocationTime } from '../../shared-toolbox/runtime/lambda/invocationTime.ts';

/** One execution environment, for as long as it lives. */
export interface Environment {
  readonly queue: QueueClient;
  /** Takes no notice of the invocation's end: one that has not ended by then is killed. */
  readonly handle: (held: HeldMessage) => Promise<Settlement>;
  /** It is gone: its calls have no effect any more. */
  readonly kill: () => void;
}

export interface FunctionOptions {
  readonly timeoutMs: number;
  readonly concurrency: number;
  /** Makes an environment: the first, and one after each that had to be ended. */
  readonly environment: () => Environment;
  readonly clock: Clock;
  readonly log: Log;
}

/** What receives for a function on Lambda, invokes it, and deletes what it does not report. */
export function startFunction(options: FunctionOptions): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const run = async () => {
    let environment = options.environment();
    while (!stopping.signal.aborted) {
      const { queue } = environment;
      const batch = await queue.receive(10).catch(async () => {
        await options.clock.sleep(1_000);
        return [];
      });
      if (batch.length === 0) continue;
      const back = await invoke(options, environment, batch);
      if (back === 'timeout') environment = options.environment();
      const done = back === 'timeout' ? [] : batch.filter((message) => !back.has(message.body));
      await Promise.all(done.map(async (message) => queue.delete(message).catch(() => undefined)));
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function invoke(
  { timeoutMs, concurrency, clock, log }: FunctionOptions,
  { queue, handle, kill }: Environment,
  batch: Awaited<ReturnType<QueueClient['receive']>>,
): Promise<ReadonlySet<string> | 'timeout'> {
  const endsAt = clock.monotonic() + timeoutMs;
  using time = new InvocationTime(() => endsAt - clock.monotonic());
  const answer = handleBatch(
    {
      queue: { ...queue, delete: async () => undefined },
      time,
      concurrency,
      handle,
      clock,
      log,
    },
    batch,
  );
  const ended = await Promise.race([answer, clock.sleep(timeoutMs).then(() => undefined)]);
  if (ended) return new Set(ended.map(({ body }) => body));
  kill();
  return 'timeout';
}
