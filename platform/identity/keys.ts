import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '@taskfleet/toolbox/clock';
import { readItems, TASK_TABLE, type TaskTable, unlessRefused } from '@taskfleet/toolbox/table';
import { indexQuery } from '../reader/queryIndex.ts';
import { credentialText, hashOf, makeCredential } from './credential.ts';
import { KeyRequestError, UnknownKeyError } from './errors.ts';
import {
  type KeyEntry,
  keyFrom,
  keyOf,
  KEYS_PARTITION,
  keyView,
  type KeyView,
  storedKey,
} from './keyEntry.ts';
import type { Permission, Role } from './permissions.ts';

export interface KeyRequest {
  /** Who has it. Keys of one name are one principal, so that a new one can replace the old. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** Milliseconds. Default for a key: it does not end. */
  readonly expiresInMs?: number | undefined;
}

/** What is for a while, and perhaps for less than its roles may. */
export interface TokenRequest extends KeyRequest {
  /** From a second to an hour. */
  readonly expiresInMs: number;
  readonly only?: readonly Permission[] | undefined;
}

export interface NewKey extends KeyView {
  /** What goes into the `Authorization` header. It is told once: nothing can tell it again. */
  readonly key: string;
}

/** API keys, and the short-lived tokens that the platform gives out. */
export interface Keys {
  /** Keys that have not ended, the newest first. One that was made in the last moment may be missing. */
  list(): Promise<readonly KeyView[]>;
  /** Throws KeyRequestError. */
  create(request: KeyRequest, by: string): Promise<NewKey>;
  /** Throws KeyRequestError. */
  mint(request: TokenRequest, by: string): Promise<NewKey>;
  /** A key or a token. Replicas refuse it at once, or when they look again: within KEY_REMEMBERED_MS. Throws UnknownKeyError. */
  revoke(id: string): Promise<void>;
  /** As it is in the table now, ended or not. */
  find(id: string): Promise<KeyEntry | undefined>;
}

export interface KeysOptions {
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'now' | 'sleep' | 'random' | 'randomBytes'>;
}

export const LONGEST_TOKEN_MS = 3_600_000;

export function createKeys(options: KeysOptions): Keys {
  return {
    list: async () => listKeys(options),
    create: async (request, by) => put(options, { ...checked(request), kind: 'key' }, by),
    mint: async (request, by) => {
      const { expiresInMs } = request;
      if (!(expiresInMs >= 1_000 && expiresInMs <= LONGEST_TOKEN_MS)) {
        throw new KeyRequestError('expiresIn: expected from 1s to 1h for a token');
      }
      return put(options, { ...checked(request), kind: 'token' }, by);
    },
    revoke: async (id) => remove(options.table, id),
    find: async (id) => find(options.table, id),
  };
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._@/-]{0,99}$/;

function checked<R extends KeyRequest>(request: R): R {
  const { name, roles, expiresInMs = LONGEST_TOKEN_MS } = request;
  if (!NAME.test(name)) {
    throw new KeyRequestError('name: expected 1 to 100 letters, digits and . _ @ / -');
  }
  if (roles.length === 0) throw new KeyRequestError('roles: expected at least one');
  if (!(expiresInMs >= 1_000)) throw new KeyRequestError('expiresIn: expected at least 1s');
  return request;
}

type Asked = KeyRequest & Partial<Pick<TokenRequest, 'only'>> & Pick<KeyEntry, 'kind'>;

async function put(
  { table, clock }: KeysOptions,
  { expiresInMs, kind, name, roles, only }: Asked,
  by: string,
): Promise<NewKey> {
  const credential = makeCredential(clock);
  const createdAt = clock.now();
  const entry: KeyEntry = {
    id: credential.id,
    kind,
    name,
    roles: [...new Set(roles)],
    createdAt,
    createdBy: by,
    hash: hashOf(credential.secret),
    ...(only && { only: [...new Set(only)] }),
    ...(expiresInMs !== undefined && { endsAt: createdAt + expiresInMs }),
  };
  const { dynamodb, tableName } = table;
  const condition = { ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey})` };
  const Item = storedKey(entry);
  await dynamodb.send(new PutItemCommand({ TableName: tableName, Item, ...condition }));
  return { ...keyView(entry), key: credentialText(credential) };
}

async function find({ dynamodb, tableName }: TaskTable, id: string) {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: tableName, Key: keyIn(id), ConsistentRead: true }),
  );
  return Item && keyFrom(Item);
}

async function remove({ dynamodb, tableName }: TaskTable, id: string): Promise<void> {
  const ConditionExpression = `attribute_exists(${TASK_TABLE.partitionKey})`;
  const request = { TableName: tableName, Key: keyIn(id), ConditionExpression };
  const wasThere = await unlessRefused(dynamodb.send(new DeleteItemCommand(request)));
  if (!wasThere) throw new UnknownKeyError(id);
}

function keyIn(id: string) {
  return marshall({ [TASK_TABLE.partitionKey]: keyOf(id) });
}

/** Items of one page of the index, as many as can be read together. */
const PAGE = 100;

async function listKeys({ table, clock }: KeysOptions): Promise<readonly KeyView[]> {
  const { dynamodb, tableName } = table;
  const query = indexQuery({ index: 'recent', partition: KEYS_PARTITION, limit: PAGE });
  const entries: KeyEntry[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({ TableName: tableName, ...query, ExclusiveStartKey: start }),
    );
    const keys = Items.map((item) => item[TASK_TABLE.partitionKey]?.S ?? '');
    entries.push(...(await readItems(table, keys, clock)).map(keyFrom));
    start = LastEvaluatedKey;
  } while (start);
  const now = clock.now();
  return entries
    .filter(({ endsAt = Infinity }) => endsAt > now)
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .map(keyView);
}
