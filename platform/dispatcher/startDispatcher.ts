import type { Clock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import type { Publisher } from '@taskfleet/toolbox/schedule';
import { DUE_SHARDS, type TaskTable } from '@taskfleet/toolbox/table';
import { type DrainOptions, drainShard } from './drainShard.ts';
import { Leadership } from './leadership.ts';
import { Showcase } from './showcase.ts';

export interface StartDispatcherOptions {
  readonly fleet: Fleet;
  readonly table: TaskTable;
  readonly publisher: Pick<Publisher, 'publish' | 'availability'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this process, and no other. */
  readonly holder: string;
  /** Milliseconds until another replica takes over from one that died. Default 15,000. */
  readonly leaseMs?: number;
}

export interface RunningDispatcher {
  /** Takes nothing new, resolves when what is under way is done, and lets another replica take over at once. */
  stop(): Promise<void>;
}

/** How late a message may be published that has just become due. */
const LOOK_EVERY_MS = 1_000;

const LEASE_MS = 15_000;

/** Publishes what waits in the table and is due. Of several replicas one does, and each can: nothing is lost or runs twice in between. */
export function startDispatcher(options: StartDispatcherOptions): RunningDispatcher {
  const { table, clock, holder, leaseMs = LEASE_MS } = options;
  const stopping = new AbortController();
  const leadership = new Leadership({ table, clock, holder, leaseMs });
  const done = run({ ...options, leaseMs }, leadership, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await done;
      // Whoever cannot say so is found out by its silence.
      await leadership.resign().catch(() => undefined);
    },
  };
}

async function run(
  options: StartDispatcherOptions & { readonly leaseMs: number },
  leadership: Leadership,
  stopping: AbortSignal,
): Promise<void> {
  const { clock, log, leaseMs } = options;
  const draining: DrainOptions = {
    ...options,
    showcase: new Showcase(options),
    goesOn: () => leadership.leads && !stopping.aborted,
  };
  let renewAt = -Infinity;
  let failures = 0;
  while (!stopping.aborted) {
    try {
      if (clock.monotonic() >= renewAt) {
        renewAt = clock.monotonic() + leaseMs / 3;
        await leadership.renew();
      }
      await Promise.all(DUE_SHARDS.map(async (shard) => drainShard(draining, shard)));
      failures = 0;
    } catch (error) {
      if (failures === 0) log.event('dispatch.failed', { error: String(error) });
      failures += 1;
    }
    await clock.sleep(LOOK_EVERY_MS, stopping).catch(() => undefined);
  }
}
