import { describe, expect, it } from 'vitest';
import { missingIndexes } from './tableDifferences.ts';
import { type TableIndex, tableSchema } from './tableSchema.ts';

const index: TableIndex = {
  IndexName: 'due',
  KeySchema: [{ AttributeName: 'shard', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'KEYS_ONLY' },
};

const wanted = tableSchema.parse({
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'shard', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [index],
});

const { KeySchema, AttributeDefinitions } = wanted;

describe('missingIndexes', () => {
  it('finds an index that a stored table lacks', () => {
    const stored = { KeySchema, AttributeDefinitions: AttributeDefinitions.slice(0, 1) };
    expect(missingIndexes(wanted, stored)).toEqual([index]);
  });

  it('finds none when the stored table has it, whatever else is stored about it', () => {
    const GlobalSecondaryIndexes = [{ ...index, IndexStatus: 'ACTIVE' as const, ItemCount: 3 }];
    const stored = { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes };
    expect(missingIndexes(wanted, stored)).toEqual([]);
  });

  it('lets an index stay that the template no longer has', () => {
    const GlobalSecondaryIndexes = [index, { ...index, IndexName: 'old' }];
    const stored = { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes };
    expect(missingIndexes(wanted, stored)).toEqual([]);
  });
});
