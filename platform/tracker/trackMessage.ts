import type { Clock } from '@taskfleet/toolbox/clock';
import type { HeldMessage, Settlement } from '@taskfleet/toolbox/consume';
import {
  definitionOf,
  type Fleet,
  parseMessage,
  publishedAt,
  PLATFORM_LEASE_SECONDS,
  type TaskMessage,
} from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import type { Statistics } from '@taskfleet/toolbox/statistics';
import type { DefinitionToKeep } from '@taskfleet/toolbox/table';
import { retentionOf } from '../retention.ts';
import type { OwnMetrics } from '../metrics/index.ts';
import { isRefusal } from './keepDefinitions.ts';

export interface TrackOptions {
  readonly fleet: Fleet;
  /** Resolves once the definition is kept. */
  readonly keep: (definition: DefinitionToKeep) => Promise<void>;
  readonly statistics: Pick<Statistics, 'count'>;
  readonly metrics: Pick<OwnMetrics, 'trackedAfter'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** Seconds until a message first comes back whose definition could not be kept. Long enough to spare a table that is overloaded. */
const AGAIN_AFTER_SECONDS = 3;

/** The tracker's way of a message: read → keep → settle. Never rejects. */
export async function trackMessage(
  { fleet, keep, statistics, metrics, clock, log }: TrackOptions,
  held: Pick<HeldMessage, 'body' | 'receiveCount'>,
): Promise<Settlement> {
  const parsed = parseMessage(held.body);
  if (!parsed.ok) return refuse(log, parsed.error.message);
  const { id, task } = parsed.value;
  const own = log.child({ id, task });
  try {
    await keep(toKeep(fleet, parsed.value));
    metrics.trackedAfter(clock.now() - publishedAt(parsed.value));
    // Of names that anybody may invent there would be no end.
    if (fleet.tasks.has(task)) statistics.count(task, 'scheduled');
    return { kind: 'delete' };
  } catch (error) {
    if (isRefusal(error)) return refuse(own, `the table cannot keep it: ${String(error)}`);
    own.event('definition.failed', { error: String(error) });
    return { kind: 'hide', seconds: againAfterSeconds(held.receiveCount) };
  }
}

function toKeep(fleet: Fleet, message: TaskMessage): DefinitionToKeep {
  const definition = definitionOf(fleet.tasks.get(message.task), message);
  return { definition, retentionMs: retentionOf(fleet, message.task) };
}

/**
 * Doubles with each receive, up to what the queue's count of receives reckons with: a table that answers the breaker's probe
 * and takes no write must not use it up in minutes.
 */
function againAfterSeconds(receiveCount: number): number {
  return Math.min(PLATFORM_LEASE_SECONDS, AGAIN_AFTER_SECONDS * 2 ** (receiveCount - 1));
}

function refuse(log: Log, reason: string): Settlement {
  log.event('message.refused', { reason });
  return { kind: 'deadLetter', reason };
}
