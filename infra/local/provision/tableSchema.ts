import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';

const keySchema = z.array(
  z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }),
);

const index = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.strictObject({
    ProjectionType: z.enum(['ALL', 'INCLUDE', 'KEYS_ONLY']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

/** The properties of a table that are applied. Paid by the request only: no emulator limits throughput. */
export const tableSchema = z.strictObject({
  TableName: z.string().optional(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z.array(index).default([]),
});

export type TableProperties = z.output<typeof tableSchema>;
export type TableIndex = z.output<typeof index>;

/** The API takes no empty list of indexes. */
export function createTableInput(
  TableName: string,
  { GlobalSecondaryIndexes, ...properties }: TableProperties,
): CreateTableCommandInput {
  const indexes = GlobalSecondaryIndexes.length > 0 ? { GlobalSecondaryIndexes } : {};
  return { ...properties, ...indexes, TableName };
}
