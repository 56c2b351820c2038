import { isDeepStrictEqual } from 'node:util';
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { DriftError } from '../../errors.ts';
import type { TableIndex, TableProperties } from './tableSchema.ts';

/**
 * The indexes that a stored table lacks. One that the template no longer has stays: it costs nothing here. Throws
 * DriftError for a difference in what DynamoDB never changes: keys, their types, an index's keys and projection.
 */
export function missingIndexes(wanted: TableProperties, stored: TableDescription): TableIndex[] {
  requireSame('KeySchema', stored.KeySchema, wanted.KeySchema);
  const storedIndexes = stored.GlobalSecondaryIndexes ?? [];
  const byName = new Map(storedIndexes.map((index) => [index.IndexName, index]));
  for (const index of wanted.GlobalSecondaryIndexes) {
    const found = byName.get(index.IndexName);
    if (found === undefined) continue;
    requireSame(`index ${index.IndexName}`, keysAndProjection(found), keysAndProjection(index));
  }
  requireSameTypes(wanted, stored);
  return wanted.GlobalSecondaryIndexes.filter(({ IndexName }) => !byName.has(IndexName));
}

/** Of the attributes that both know: a new index brings new ones. */
function requireSameTypes(wanted: TableProperties, stored: TableDescription): void {
  const types = new Map(
    stored.AttributeDefinitions?.map(({ AttributeName, AttributeType }) => [
      AttributeName,
      AttributeType,
    ]),
  );
  for (const { AttributeName, AttributeType } of wanted.AttributeDefinitions) {
    const storedType = types.get(AttributeName) ?? AttributeType;
    requireSame(`type of attribute ${AttributeName}`, storedType, AttributeType);
  }
}

function keysAndProjection({ KeySchema, Projection }: Partial<TableIndex> | IndexDescription) {
  return { KeySchema, Projection };
}

type IndexDescription = NonNullable<TableDescription['GlobalSecondaryIndexes']>[number];

function requireSame(subject: string, stored: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(stored, wanted)) throw new DriftError(subject, stored, wanted);
}
