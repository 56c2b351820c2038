import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DriftError } from '../../errors.ts';
import { onEmulators, type OnEmulators } from './onEmulators.ts';

const TYPE = 'AWS::DynamoDB::Table';

let emulators: OnEmulators;
beforeAll(async () => {
  emulators = await onEmulators();
});
afterAll(() => emulators[Symbol.asyncDispose]());

/** Attributes as name and type, such as `at:N`. */
function attributes(...definitions: string[]) {
  return definitions.map((definition) => {
    const [AttributeName, AttributeType] = definition.split(':');
    return { AttributeName, AttributeType };
  });
}

function plain(partitionKey: string) {
  return {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: attributes(`${partitionKey}:S`),
  };
}

function indexed(sortKey: string, sortType: string) {
  const index = {
    IndexName: 'due',
    KeySchema: [
      { AttributeName: 'shard', KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'KEYS_ONLY' },
  };
  return {
    ...plain('pk'),
    AttributeDefinitions: attributes('pk:S', 'shard:S', `${sortKey}:${sortType}`),
    GlobalSecondaryIndexes: [index],
  };
}

describe('a table that is already there', () => {
  it('stays when nothing differs, under a name made of stack and logical id', async () => {
    const version = indexed('at', 'N');
    const name = await emulators.provision(TYPE, 'same', version, version);
    expect(name).toBe('same-thing');
    const command = new DescribeTableCommand({ TableName: name });
    const { Table } = await emulators.clients.dynamodb.send(command);
    expect(Table?.TableStatus).toBe('ACTIVE');
  });

  it.each([
    { what: 'other keys', before: plain('pk'), after: plain('id'), subject: 'KeySchema' },
    {
      what: 'other types of keys',
      before: indexed('at', 'N'),
      after: indexed('at', 'S'),
      subject: 'type of attribute at',
    },
    {
      what: 'an index over other keys',
      before: indexed('at', 'N'),
      after: indexed('on', 'N'),
      subject: 'index due',
    },
    {
      what: 'an index that the emulator cannot add',
      before: plain('pk'),
      after: indexed('at', 'N'),
      subject: 'index due',
    },
  ])('refuses $what', async ({ what, before, after, subject }) => {
    const provisioned = emulators.provision(TYPE, what.replaceAll(' ', '-'), before, after);
    await expect(provisioned).rejects.toMatchObject({ cause: expect.any(DriftError) });
    await expect(provisioned).rejects.toThrow(`${TYPE} Thing: ${subject} is stored as`);
    await expect(provisioned).rejects.toThrow('start with an empty data folder');
  });
});
