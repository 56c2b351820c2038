import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  type DescribeTableCommandOutput,
  DescribeTimeToLiveCommand,
  type GlobalSecondaryIndexDescription,
  type KeySchemaElement,
} from '@aws-sdk/client-dynamodb';
import type { TaskTable } from '../../../table/index.ts';
import { look, type Seen } from '../seen.ts';

export interface KeySeen {
  readonly partitionKey: string;
  readonly sortKey?: string | undefined;
}

export interface IndexSeen extends KeySeen {
  readonly name: string;
  /** `KEYS_ONLY`, `INCLUDE` or `ALL`. */
  readonly projection: string;
}

export interface TableShape extends KeySeen {
  readonly indexes: readonly IndexSeen[];
  /** Types of the key attributes: `S`, `N` or `B`. */
  readonly types: Readonly<Record<string, string>>;
  readonly billingMode: string;
}

export interface TableSeen {
  readonly name: string;
  readonly shape: Seen<TableShape>;
  /** The attribute whose time ends an item; undefined where none does. */
  readonly timeToLive: Seen<string | undefined>;
  /** `ENABLED` or `DISABLED`. */
  readonly recovery: Seen<string>;
}

export async function observeTable({ dynamodb, tableName }: TaskTable): Promise<TableSeen> {
  const TableName = tableName;
  const [shape, timeToLive, recovery] = await Promise.all([
    look(async () => shapeOf(await dynamodb.send(new DescribeTableCommand({ TableName })))),
    look(async () => {
      const answer = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
      const { TimeToLiveStatus = '', AttributeName } = answer.TimeToLiveDescription ?? {};
      return TimeToLiveStatus.startsWith('ENABL') ? AttributeName : undefined;
    }),
    look(async () => {
      const answer = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
      const { PointInTimeRecoveryDescription: described } =
        answer.ContinuousBackupsDescription ?? {};
      return described?.PointInTimeRecoveryStatus ?? 'DISABLED';
    }),
  ]);
  return { name: tableName, shape, timeToLive, recovery };
}

function shapeOf({ Table: table = {} }: DescribeTableCommandOutput): TableShape {
  const { AttributeDefinitions = [], GlobalSecondaryIndexes = [] } = table;
  return {
    ...keyOf(table.KeySchema),
    indexes: GlobalSecondaryIndexes.map(indexOf),
    types: Object.fromEntries(
      AttributeDefinitions.map((one) => [one.AttributeName ?? '', one.AttributeType ?? '']),
    ),
    // AWS leaves the summary out for a table that was made with provisioned capacity.
    billingMode: table.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
  };
}

function indexOf({ IndexName, KeySchema, Projection }: GlobalSecondaryIndexDescription): IndexSeen {
  const projection = Projection?.ProjectionType ?? '';
  return { ...keyOf(KeySchema), name: IndexName ?? '', projection };
}

function keyOf(schema: readonly KeySchemaElement[] = []): KeySeen {
  const named = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  return { partitionKey: named('HASH') ?? '', sortKey: named('RANGE') };
}
