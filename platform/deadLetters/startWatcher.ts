import type { SQSClient } from '@aws-sdk/client-sqs';
import type { GuardedTable } from '@taskfleet/toolbox/breaker';
import type { Flows } from '@taskfleet/toolbox/canvas';
import type { Clock } from '@taskfleet/toolbox/clock';
import { Silence, startWatchdog } from '@taskfleet/toolbox/consume';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import type { Statistics } from '@taskfleet/toolbox/statistics';
import type { ServiceQueues } from './serviceQueues.ts';
import { watchQueue } from './watchQueue.ts';

export interface StartWatcherOptions {
  /** Whose contracts say how often a message is received before it is dead. */
  readonly fleet: Fleet;
  /** A client of its own: each dead-letter queue has a poll under way, and a client has 50 connections. */
  readonly sqs: SQSClient;
  /** While it is unavailable, nothing is received: a letter could only be hidden from those who want it. */
  readonly table: GuardedTable;
  readonly queues: ServiceQueues;
  /** Carries on the flows of tasks that have died. */
  readonly flows: Pick<Flows, 'advance'>;
  /** Counts the tasks that have died. */
  readonly statistics: Pick<Statistics, 'count'>;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a receive waits for messages, from 1 to 20; 0 counts as 1, or an empty queue would be asked without a pause. */
  readonly pollSeconds: number;
  /** After how long without a receive that succeeded, from any queue, the watcher counts as lost. Default 0: never. */
  readonly watchdogSeconds?: number;
}

export interface RunningWatcher {
  /** Takes nothing new, and resolves when every letter in hand is dealt with. */
  stop(): Promise<void>;
  /** Resolves when it receives no more and has no reason for it: the process is to end with an error. */
  readonly expired: Promise<void>;
}

/** Watches the dead-letter queue of every service: records what is in it, and puts back what is wanted back. */
export function startWatcher(options: StartWatcherOptions): RunningWatcher {
  const { queues: all, table, clock, log, watchdogSeconds = 0 } = options;
  const stopping = new AbortController();
  const watched = [...all].map(([service, queues]) => {
    const silence = new Silence(clock);
    const done = watchQueue({
      ...options,
      service,
      queues,
      silence,
      table: table.table,
      gate: table.breaker.whenAvailable,
      log: log.child({ deadLettersOf: service }),
      stopping: stopping.signal,
    });
    return { silence, done };
  });
  // The one heard of last: a new process would not bring back a single queue that is gone, and would stop the tracker over it.
  const consumer = {
    get silentMs() {
      return Math.min(...watched.map(({ silence }) => silence.ms));
    },
  };
  const limitSeconds = watched.length === 0 ? 0 : watchdogSeconds;
  const watchdog = startWatchdog({ consumer, limitSeconds, log });
  return {
    expired: watchdog.expired,
    stop: async () => {
      watchdog.stop();
      stopping.abort();
      await Promise.all(watched.map(async ({ done }) => done));
    },
  };
}
