import type { Sent } from '../aws/index.ts';
import { type Breaker, BreakerOpenError } from '../breaker/index.ts';
import type { Clock } from '../clock.ts';
import { type TaskId, UnavailableError } from '../contract/index.ts';
import { isDueKept, keepDue, type TaskTable } from '../table/index.ts';
import { DueTimes } from './dueTimes.ts';
import type { Patience } from './patience.ts';
import { publishFailure, SOON_MS } from './publishFailure.ts';
import type { Keepable, Outgoing } from './outgoing.ts';

/** A message that a caller waits for. */
export interface Asked extends Keepable {
  /** May be kept in the table while the topic is away. */
  readonly isDurable: boolean;
  /** Monotonic milliseconds. */
  readonly askedAt: number;
}

export interface DeliveryOptions {
  readonly topic: Breaker<[readonly Outgoing[], number], Sent<void>[]>;
  readonly table: TaskTable;
  readonly patience: Patience;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * The dispatcher finds messages by an index that does not promise to show the earlier of two writes first. It does so in
 * milliseconds as a rule (docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html, eventual consistency).
 */
const INDEXED_WITHIN_MS = 1_000;

/**
 * Brings messages to the topic, or the durable ones to the table while the topic is away. Expects its entries in lanes by group,
 * none of which is under way twice: so a group's later message is not published while an earlier one still waits in the table.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #dueTimes = new DueTimes();
  /** By group: the last message that was surely kept in the table, and those after it that may have been. */
  readonly #kept = new Map<string, readonly TaskId[]>();

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** What became of each, in order; an error is a PublishError. */
  async send(entries: readonly Asked[]): Promise<Sent<void>[]> {
    const behind = await this.#groupsInTable(entries);
    const free = entries.filter(({ groupId }) => !behind.has(groupId));
    const outcomes = new Map(free.length > 0 ? await this.#publish(free) : []);
    const lanes = [...Map.groupBy(entries, ({ groupId }) => groupId).values()];
    const settled = await Promise.all(lanes.map(async (lane) => this.#settle(lane, outcomes)));
    const byEntry = new Map(settled.flat());
    return entries.map((entry) => byEntry.get(entry) ?? unanswered(entry));
  }

  /** Keeps those of one group that may be kept, one after the other. */
  async #settle(
    lane: readonly Asked[],
    outcomes: ReadonlyMap<Asked, Sent<void>>,
  ): Promise<(readonly [Asked, Sent<void>])[]> {
    const settled: (readonly [Asked, Sent<void>])[] = [];
    for (const [i, entry] of lane.entries()) {
      const outcome = outcomes.get(entry);
      const isOvertaken = lane.slice(i + 1).some((later) => outcomes.get(later)?.ok === true);
      const isLeft = outcome && (isOvertaken || !isKeepable(entry, outcome));
      settled.push([entry, isLeft ? outcome : await this.#keep(entry)]);
    }
    return settled;
  }

  /** Groups of which an earlier message still waits in the table. */
  async #groupsInTable(entries: readonly Asked[]): Promise<ReadonlySet<string>> {
    const groups = [...new Set(entries.map(({ groupId }) => groupId))];
    const behind = await Promise.all(
      groups.map(async (group) => ((await this.#isInTable(group)) ? [group] : [])),
    );
    return new Set(behind.flat());
  }

  async #isInTable(group: string): Promise<boolean> {
    for (const id of (this.#kept.get(group) ?? []).toReversed()) {
      // A table that does not answer may still hold it.
      if (await isDueKept(this.#options.table, id).catch(() => true)) return true;
    }
    this.#kept.delete(group);
    return false;
  }

  async #publish(entries: readonly Asked[]): Promise<(readonly [Asked, Sent<void>])[]> {
    const { topic, patience } = this.#options;
    try {
      const leftMs = patience.leftMs(Math.min(...entries.map(({ askedAt }) => askedAt)));
      if (leftMs === 0) throw new BreakerOpenError('topic', SOON_MS, 'it has not answered in time');
      const outcomes = await topic.call(entries, leftMs);
      patience.renew();
      return entries.map((entry, i) => [entry, outcomes[i] ?? unanswered(entry)]);
    } catch (error) {
      const failure = (id: string) => publishFailure(id, error, topic.availability());
      return entries.map((entry) => [entry, { ok: false, error: failure(entry.id) }]);
    }
  }

  async #keep({ id, groupId, priority, body, definition }: Asked): Promise<Sent<void>> {
    const { table, clock } = this.#options;
    try {
      const dueAt = this.#dueTimes.next(clock.now() + INDEXED_WITHIN_MS);
      const isAlone = groupId === id;
      // Before the write: whoever comes next must look, also if the answer to the write is lost.
      if (!isAlone) this.#kept.set(groupId, [...(this.#kept.get(groupId) ?? []), id]);
      await keepDue(table, { id, body, groupId, priority, dueAt, definition });
      // What was kept before it leaves the table before it.
      if (!isAlone) this.#kept.set(groupId, [id]);
      return { ok: true, value: undefined };
    } catch (cause) {
      const reason = `neither topic nor table took it: ${String(cause)}`;
      return {
        ok: false,
        error: new UnavailableError(id, reason, { cause, retryAfterMs: SOON_MS }),
      };
    }
  }
}

function isKeepable({ isDurable }: Asked, outcome: Sent<void>): boolean {
  return isDurable && !outcome.ok && outcome.error instanceof UnavailableError;
}

function unanswered({ id }: Outgoing): Sent<void> {
  const error = new UnavailableError(id, 'the topic said nothing of it', {
    retryAfterMs: SOON_MS,
    cause: undefined,
  });
  return { ok: false, error };
}
