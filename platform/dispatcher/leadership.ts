import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '@taskfleet/toolbox/clock';
import { TASK_TABLE, type TaskTable, unlessRefused } from '@taskfleet/toolbox/table';
import { z } from 'zod';

export interface LeadershipOptions {
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Names this process, and no other. */
  readonly holder: string;
  /** How long a leader that says nothing stays one. */
  readonly leaseMs: number;
}

const leaderSchema = z.object({ holder: z.string(), beat: z.int() });
type Leader = z.output<typeof leaderSchema>;

const Key = marshall({ [TASK_TABLE.partitionKey]: 'dispatcher#leader' });

/**
 * One of several replicas leads. No wall clock has a part in it: who leads beats, and whoever has seen no beat for a whole lease on its
 * own monotonic clock takes over. For a moment two may think that they lead; what they do must bear that.
 */
export class Leadership {
  readonly #options: LeadershipOptions;
  #leadsUntil = -Infinity;
  #seen: (Leader & { readonly at: number }) | undefined;

  constructor(options: LeadershipOptions) {
    this.#options = options;
  }

  get leads(): boolean {
    return this.#options.clock.monotonic() < this.#leadsUntil;
  }

  /** Beats, or looks whether to take over. Call it several times in a lease. Rejects when the table does. */
  async renew(): Promise<void> {
    const { clock, holder, leaseMs } = this.#options;
    const now = clock.monotonic();
    const leader = await this.#read();
    if (leader && leader.beat !== this.#seen?.beat) this.#seen = { ...leader, at: now };
    const isOver = !leader || leader.holder === holder || now - (this.#seen?.at ?? now) >= leaseMs;
    if (isOver && (await this.#write(leader))) this.#leadsUntil = now + leaseMs;
  }

  /** Lets the next take over at once. Rejects when the table does. */
  async resign(): Promise<void> {
    if (!this.leads) return;
    this.#leadsUntil = -Infinity;
    const { dynamodb, tableName } = this.#options.table;
    const remove = new DeleteItemCommand({
      TableName: tableName,
      Key,
      ConditionExpression: '#holder = :holder',
      ExpressionAttributeNames: { '#holder': 'holder' },
      ExpressionAttributeValues: marshall({ ':holder': this.#options.holder }),
    });
    await unlessRefused(dynamodb.send(remove));
  }

  async #read(): Promise<Leader | undefined> {
    const { dynamodb, tableName } = this.#options.table;
    const get = new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true });
    const { Item } = await dynamodb.send(get);
    return Item && leaderSchema.parse(unmarshall(Item));
  }

  /** Resolves to whether nobody else has written since that was read. */
  async #write(before: Leader | undefined): Promise<boolean> {
    const { table, holder } = this.#options;
    const beat = (before?.beat ?? 0) + 1;
    const put = new PutItemCommand({
      TableName: table.tableName,
      Item: { ...Key, ...marshall({ holder, beat }) },
      ...(before === undefined
        ? { ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey})` }
        : {
            ConditionExpression: '#beat = :beat AND #holder = :holder',
            ExpressionAttributeNames: { '#beat': 'beat', '#holder': 'holder' },
            ExpressionAttributeValues: marshall({ ':beat': before.beat, ':holder': before.holder }),
          }),
    });
    return unlessRefused(table.dynamodb.send(put));
  }
}
