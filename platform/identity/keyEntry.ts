import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { epochSeconds, TASK_TABLE } from '@taskfleet/toolbox/table';
import { z } from 'zod';
import { PERMISSIONS, ROLES } from './permissions.ts';

const instant = z.int().nonnegative();

const entrySchema = z.object({
  /** A `token` is short-lived, and in no list. */
  kind: z.enum(['key', 'token']),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  only: z.array(z.enum(PERMISSIONS)).optional(),
  createdAt: instant,
  createdBy: z.string(),
  endsAt: instant.optional(),
  /** SHA-256 of the secret, in hexadecimal digits. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** An API key or a token as the table has it. */
export type KeyEntry = Readonly<z.output<typeof entrySchema>> & { readonly id: string };

/** What may be shown of it. */
export type KeyView = Omit<KeyEntry, 'hash' | 'kind'>;

/** Where keys are listed: a partition of the index `recent`, by when they were made. */
export const KEYS_PARTITION = 'keys';

const PREFIX = 'key#';

export function keyOf(id: string): string {
  return `${PREFIX}${id}`;
}

export function storedKey({ id, ...entry }: KeyEntry): Record<string, AttributeValue> {
  const listed = entry.kind === 'key' && {
    recentShard: KEYS_PARTITION,
    recentAt: entry.createdAt,
  };
  const item = {
    ...entry,
    ...listed,
    v: 1,
    [TASK_TABLE.partitionKey]: keyOf(id),
    [TASK_TABLE.timeToLive]: entry.endsAt === undefined ? undefined : epochSeconds(entry.endsAt),
  };
  return marshall(item, { removeUndefinedValues: true });
}

/** Throws for an item of another form: nobody is let in by what cannot be read. */
export function keyFrom(stored: Record<string, AttributeValue>): KeyEntry {
  const id = (stored[TASK_TABLE.partitionKey]?.S ?? '').slice(PREFIX.length);
  return {
    ...z
      .object({ v: z.literal(1) })
      .extend(entrySchema.shape)
      .parse(unmarshall(stored)),
    id,
  };
}

export function keyView({
  id,
  name,
  roles,
  only,
  createdAt,
  createdBy,
  endsAt,
}: KeyEntry): KeyView {
  return {
    id,
    name,
    roles,
    createdAt,
    createdBy,
    ...(only && { only }),
    ...(endsAt !== undefined && { endsAt }),
  };
}
