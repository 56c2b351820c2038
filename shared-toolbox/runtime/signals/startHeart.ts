import type { Consumer } from '../../consume/index.ts';
import { putHeartbeat, removeHeartbeat } from '../../table/index.ts';
import type { Handling } from '../handling.ts';
import type { StartWorkerOptions } from '../startWorker.ts';
import { eventLoopLag } from './eventLoopLag.ts';
import { Heart } from './heart.ts';
import type { Orders } from './orders.ts';

/** Rarely enough for a cent or two a month, often enough that somebody who waits for it still watches. */
const INTERVAL_SECONDS = 10;

export interface HeartParts {
  readonly handling: Handling;
  readonly orders: Orders;
  readonly consumer: Pick<Consumer, 'concurrency'>;
}

/** Begins the heartbeats of a worker's process, and lets its orders hear what the worker is told. */
export function startHeart(
  { holder: id, heartbeatSeconds, implementation }: StartWorkerOptions,
  { handling, orders, consumer }: HeartParts,
): Heart {
  const { table, control, tally, clock, log } = handling;
  control.listen((told) => orders.hear(told));
  return new Heart({
    id,
    intervalSeconds: heartbeatSeconds ?? INTERVAL_SECONDS,
    leaseSeconds: implementation.worker.leaseSeconds,
    concurrency: () => consumer.concurrency,
    orders,
    listen: async (how) => control.read(how),
    say: async (heartbeat) => putHeartbeat(table, heartbeat),
    unsay: async () => removeHeartbeat(table, id),
    tally,
    lag: eventLoopLag(),
    clock,
    log,
  });
}
