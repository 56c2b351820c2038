import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '@taskfleet/toolbox/clock';
import {
  type DueQuery,
  readDueItems,
  TASK_TABLE,
  type TaskTable,
  unlessRefused,
} from '@taskfleet/toolbox/table';
import {
  entryFrom,
  entryKey,
  FIRING_SHARD,
  PAUSED_SHARD,
  type PeriodicEntry,
  type Stored,
  storedEntry,
} from './entry.ts';

/** The periodic tasks that the table has. Every write is of a whole entry, and refused when somebody else has written since. */
export class Entries {
  readonly #table: TaskTable;
  readonly #clock: Pick<Clock, 'randomBytes' | 'sleep' | 'random'>;

  readonly #onUnreadable: (key: string) => void;

  /** `onUnreadable` is told the key of each entry of an unknown form, which is left out. */
  constructor(
    table: TaskTable,
    clock: Pick<Clock, 'randomBytes' | 'sleep' | 'random'>,
    onUnreadable: (key: string) => void = () => undefined,
  ) {
    this.#table = table;
    this.#clock = clock;
    this.#onUnreadable = onUnreadable;
  }

  /** All, by their names. One that was added in the last moment may be missing. */
  async list(): Promise<PeriodicEntry[]> {
    const until = Number.MAX_SAFE_INTEGER;
    const shards = [FIRING_SHARD, PAUSED_SHARD];
    const found = await Promise.all(shards.map(async (shard) => this.#readAll({ shard, until })));
    // One that is paused between the two reads is in both, or in none.
    const byName = new Map(found.flat().map((entry) => [entry.name, entry]));
    return [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Up to a hundred that are due by then, the first due first. */
  async due(until: number): Promise<PeriodicEntry[]> {
    const query = { shard: FIRING_SHARD, until };
    const { items } = await readDueItems(this.#table, query, this.#clock);
    return this.#readable(items)
      .filter(({ dueAt, paused }) => dueAt <= until && !paused)
      .toSorted((a, b) => a.dueAt - b.dueAt);
  }

  async get(name: string): Promise<PeriodicEntry | undefined> {
    const { dynamodb, tableName } = this.#table;
    const get = new GetItemCommand({
      TableName: tableName,
      Key: entryKey(name),
      ConsistentRead: true,
    });
    const { Item } = await dynamodb.send(get);
    return Item && entryFrom(Item);
  }

  /** Resolves to whether there was none. */
  async add(entry: Omit<PeriodicEntry, 'version'>): Promise<boolean> {
    return this.#put(entry, {
      ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey})`,
    });
  }

  /** Resolves to whether it was as it had been read. */
  async replace(before: PeriodicEntry, change: Partial<PeriodicEntry>): Promise<boolean> {
    return this.#put({ ...before, ...change }, unchangedSince(before));
  }

  /** Resolves to whether it was as it had been read. */
  async remove(before: PeriodicEntry): Promise<boolean> {
    const { dynamodb, tableName } = this.#table;
    const Key = entryKey(before.name);
    const request = { TableName: tableName, Key, ...unchangedSince(before) };
    return unlessRefused(dynamodb.send(new DeleteItemCommand(request)));
  }

  async #put(
    entry: Omit<PeriodicEntry, 'version'>,
    condition: { readonly ConditionExpression: string },
  ): Promise<boolean> {
    const { dynamodb, tableName } = this.#table;
    const version = Buffer.from(this.#clock.randomBytes()).toString('hex');
    const Item = storedEntry({ ...entry, version });
    return unlessRefused(
      dynamodb.send(new PutItemCommand({ TableName: tableName, Item, ...condition })),
    );
  }

  #readable(items: readonly Stored[]): PeriodicEntry[] {
    return items.flatMap((item) => {
      try {
        return [entryFrom(item)];
      } catch {
        this.#onUnreadable(item[TASK_TABLE.partitionKey]?.S ?? '');
        return [];
      }
    });
  }

  async #readAll(query: DueQuery): Promise<PeriodicEntry[]> {
    const { items, end } = await readDueItems(this.#table, query, this.#clock);
    const found = this.#readable(items);
    return end ? [...found, ...(await this.#readAll({ ...query, after: end }))] : found;
  }
}

function unchangedSince({ version }: PeriodicEntry) {
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: marshall({ ':version': version }),
  };
}
