import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { DriftError, ProvisionError } from '../../errors.ts';
import { generatedName } from './generatedName.ts';
import { resourceKind } from './resourceKind.ts';
import { missingIndexes } from './tableDifferences.ts';
import {
  createTableInput,
  type TableIndex,
  type TableProperties,
  tableSchema,
} from './tableSchema.ts';

export const tableKind = resourceKind({
  type: 'AWS::DynamoDB::Table',
  schema: tableSchema,
  leftOut: {
    PointInTimeRecoverySpecification: 'the emulator keeps no backups',
    TimeToLiveSpecification: 'the emulator deletes nothing by itself; readers filter by the time',
  },
  async apply({ logicalId, properties }, { clients: { dynamodb }, stackName }) {
    const name = properties.TableName ?? generatedName(stackName, logicalId);
    if ((await describe(dynamodb, name)) === undefined) {
      await dynamodb.send(new CreateTableCommand(createTableInput(name, properties)));
    }
    const stored = await untilActive(dynamodb, name);
    for (const index of missingIndexes(properties, stored)) {
      await addIndex(dynamodb, name, { index, properties });
    }
    return { ref: name, attributes: { Arn: stored.TableArn ?? '' } };
  },
});

async function describe(
  dynamodb: DynamoDBClient,
  TableName: string,
): Promise<TableDescription | undefined> {
  try {
    return (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

const POLL_MS = 10;
const MAX_POLLS = 1_000;

/** The SDK's own waiter looks every two seconds at the soonest. */
async function untilActive(dynamodb: DynamoDBClient, name: string): Promise<TableDescription> {
  for (let poll = 0; poll < MAX_POLLS; poll += 1) {
    const table = await describe(dynamodb, name);
    if (table?.TableStatus === 'ACTIVE') return table;
    await sleep(POLL_MS);
  }
  throw new ProvisionError(
    `table ${name} does not become active: it was being made when its emulator was killed; start with an empty data folder`,
  );
}

interface NewIndex {
  readonly index: TableIndex;
  readonly properties: TableProperties;
}

/** Some emulators refuse an index on a table that exists, others take the request and ignore it. */
async function addIndex(
  dynamodb: DynamoDBClient,
  TableName: string,
  { index, properties: { AttributeDefinitions } }: NewIndex,
): Promise<void> {
  const GlobalSecondaryIndexUpdates = [{ Create: index }];
  const command = { TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates };
  try {
    await dynamodb.send(new UpdateTableCommand(command));
  } catch (cause) {
    throw new DriftError(`index ${index.IndexName}`, undefined, index, { cause });
  }
  const { GlobalSecondaryIndexes = [] } = await untilActive(dynamodb, TableName);
  if (GlobalSecondaryIndexes.some(({ IndexName }) => IndexName === index.IndexName)) return;
  throw new DriftError(`index ${index.IndexName}`, undefined, index);
}
