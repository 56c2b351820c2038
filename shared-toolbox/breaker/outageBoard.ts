import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { TASK_TABLE, type TaskTable } from '../table/index.ts';

const outageSchema = z.object({
  /** Of this outage, as one process saw it begin. */
  id: z.string(),
  /** The last failure, for people. */
  reason: z.string(),
  /** Milliseconds since 1970. Said again before then by whoever sees it last. */
  until: z.number(),
});

/** An outage that a process tells the others of. */
export type SharedOutage = z.output<typeof outageSchema>;

/** Where processes tell each other that something is away. Every call may reject. */
export interface OutageBoard {
  /** The outage that is told of now. */
  readonly read: () => Promise<SharedOutage | undefined>;
  /** Tells of an outage, or again; where another stands already, that one stays. */
  readonly tell: (outage: SharedOutage) => Promise<void>;
  /** Takes it away, if it is the one that stands. */
  readonly clear: (id: string) => Promise<void>;
}

export interface TableBoardOptions {
  readonly table: TaskTable;
  /** Of the breaker, such as `topic`. */
  readonly name: string;
  readonly clock: Pick<Clock, 'now'>;
}

/** A board in the task table: the item `breaker#<name>`. */
export function tableBoard({ table, name, clock }: TableBoardOptions): OutageBoard {
  const { dynamodb, tableName: TableName } = table;
  const Key = marshall({ [TASK_TABLE.partitionKey]: `breaker#${name}` });
  const names = { '#id': 'id', '#until': 'until' };
  return {
    read: async () => {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key }));
      const outage = Item && outageSchema.parse(unmarshall(Item));
      return outage && outage.until > clock.now() ? outage : undefined;
    },
    tell: async (outage) => {
      const expiresAt = Math.ceil(outage.until / 1_000);
      const put = new PutItemCommand({
        TableName,
        Item: { ...Key, ...marshall({ ...outage, [TASK_TABLE.timeToLive]: expiresAt }) },
        ConditionExpression: 'attribute_not_exists(#id) OR #id = :id OR #until < :now',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: marshall({ ':id': outage.id, ':now': clock.now() }),
      });
      await dynamodb.send(put);
    },
    clear: async (id) => {
      const remove = new DeleteItemCommand({
        TableName,
        Key,
        ConditionExpression: '#id = :id',
        ExpressionAttributeNames: { '#id': 'id' },
        ExpressionAttributeValues: marshall({ ':id': id }),
      });
      await dynamodb.send(remove);
    },
  };
}
