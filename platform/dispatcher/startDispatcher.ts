import type { Clock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import type { Publisher } from '@taskfleet/toolbox/schedule';
import { DUE_SHARDS, type TaskTable } from '@taskfleet/toolbox/table';
import { drainPeriodic } from '../periodic/index.ts';
import { drainShard } from './drainShard.ts';
import { Leadership } from './leadership.ts';

export interface StartDispatcherOptions {
  /** Whose periodic tasks fire. Default: none do. */
  readonly fleet?: Fleet;
  readonly table: TaskTable;
  readonly publisher: Pick<Publisher, 'publish' | 'availability'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this process, and no other. */
  readonly holder: string;
  /** Milliseconds until another replica takes over from one that died. Default 15,000. */
  readonly leaseMs?: number;
  /** What else the leader does every five seconds, for as long as it is told to go on. Default: nothing. */
  readonly alsoDoes?: readonly Chore[];
}

type Chore = (goesOn: () => boolean) => Promise<void>;

export interface RunningDispatcher {
  /** Takes nothing new, resolves when what is under way is done, and lets another replica take over at once. */
  stop(): Promise<void>;
}

/** A message that is kept for less than this may be published so much late; the others are on time. */
const LOOK_EVERY_MS = 500;

const LEASE_MS = 15_000;

const CHORES_EVERY_MS = 5_000;

/**
 * Publishes what waits in the table when it is due, and what fires again and again. Of several replicas one does, and each can: nothing
 * is lost or runs twice in between.
 */
export function startDispatcher(options: StartDispatcherOptions): RunningDispatcher {
  const { fleet, table, clock, log, holder, leaseMs = LEASE_MS, alsoDoes = [] } = options;
  const stopping = new AbortController();
  const leadership = new Leadership({ table, clock, holder, leaseMs });
  const leading = {
    ...options,
    stopping: stopping.signal,
    goesOn: () => leadership.leads && !stopping.signal.aborted,
  };
  const draining = { ...leading, refused: new Set<string>() };
  const drains = [
    ...DUE_SHARDS.map((shard) => async () => drainShard(draining, shard)),
    ...(fleet ? [drainPeriodic({ ...leading, fleet })] : []),
  ];
  const repeating = { clock, stopping: stopping.signal, onTurn: sayOnce(log) };
  // Each on its own: one that has much to do keeps neither the others nor the lead waiting.
  const done = Promise.all([
    repeat({ ...repeating, everyMs: leaseMs / 3 }, async () => leadership.renew()),
    ...drains.map(async (drain) => repeat({ ...repeating, everyMs: LOOK_EVERY_MS }, drain)),
    ...alsoDoes.map(async (chore) =>
      repeat({ ...repeating, everyMs: CHORES_EVERY_MS }, async () => {
        if (leading.goesOn()) await chore(leading.goesOn);
      }),
    ),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      await done;
      // Whoever cannot say so is found out by its silence.
      await leadership.resign().catch(() => undefined);
    },
  };
}

interface Repeating {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly stopping: AbortSignal;
  readonly everyMs: number;
  /** Told how each turn went. */
  readonly onTurn: (end: 'well' | Error) => void;
}

/** Does it again and again until `stopping`. Never rejects. */
async function repeat(
  { clock, stopping, everyMs, onTurn }: Repeating,
  turn: () => Promise<void>,
): Promise<void> {
  while (!stopping.aborted) {
    await turn().then(() => onTurn('well'), onTurn);
    await clock.sleep(everyMs, stopping).catch(() => undefined);
  }
}

/** Says the first failure, and the next only after something went well. */
function sayOnce(log: Pick<Log, 'event'>): Repeating['onTurn'] {
  let isFailing = false;
  return (end) => {
    if (end !== 'well' && !isFailing) log.event('dispatch.failed', { error: String(end) });
    isFailing = end !== 'well';
  };
}
