import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

/** What an update does, by attribute name. `undefined` members of `set` are left alone. */
export interface Update {
  readonly set: Readonly<Record<string, unknown>>;
  /** Numbers to add; an absent attribute counts as 0. */
  readonly add?: Readonly<Record<string, number>>;
  /** Values for attributes that have none yet. */
  readonly setOnce?: Readonly<Record<string, unknown>>;
  /** Values to put at the end of lists; an absent attribute counts as empty. */
  readonly append?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  readonly condition: Condition;
}

/** A named condition: its expression with `#name` and `:value` places, and the values. */
export interface Condition {
  readonly expression: string;
  readonly names: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

export interface UpdateExpression {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, AttributeValue>;
}

/**
 * The request's part for an update. Every attribute goes by a `#name`, because DynamoDB reserves hundreds of words, `state`
 * and `token` among them (docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html).
 */
export function updateExpression({
  set,
  add = {},
  setOnce = {},
  append = {},
  remove = [],
  condition,
}: Update): UpdateExpression {
  const assignments = [
    ...definedKeys(set).map((name) => `#${name} = :${name}`),
    ...definedKeys(setOnce).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
    ...Object.keys(append).map(
      (name) => `#${name} = list_append(if_not_exists(#${name}, :no_${name}), :${name})`,
    ),
  ];
  const clauses = [
    clause('SET', assignments),
    clause(
      'ADD',
      Object.keys(add).map((name) => `#${name} :${name}`),
    ),
    clause(
      'REMOVE',
      remove.map((name) => `#${name}`),
    ),
  ];
  const values = {
    ...set,
    ...setOnce,
    ...add,
    ...appended(append),
    ...prefixed('if', condition.values),
  };
  const names = new Set([
    ...definedKeys(set),
    ...definedKeys(setOnce),
    ...Object.keys(add),
    ...Object.keys(append),
    ...remove,
    ...condition.names,
  ]);
  return {
    UpdateExpression: clauses.filter((text) => text !== '').join(' '),
    ConditionExpression: condition.expression,
    ExpressionAttributeNames: Object.fromEntries([...names].map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: placeholders(values),
  };
}

function clause(verb: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `${verb} ${parts.join(', ')}`;
}

function definedKeys(values: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(values).filter((name) => values[name] !== undefined);
}

/** Condition values live apart from written ones: `:if_state` next to `:state`. */
function prefixed(
  prefix: string,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const entries = Object.entries(values).map(([name, value]) => [`${prefix}_${name}`, value]);
  return Object.fromEntries(entries);
}

/** Each value as a list of one, and the empty list that stands for an absent one. */
function appended(append: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const lists = Object.entries(append).map(([name, value]) => [name, [value]]);
  const none = Object.fromEntries(Object.keys(append).map((name) => [name, []]));
  return { ...Object.fromEntries(lists), ...prefixed('no', none) };
}

function placeholders(values: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  const marshalled = marshall(values, { removeUndefinedValues: true });
  return Object.fromEntries(Object.entries(marshalled).map(([name, value]) => [`:${name}`, value]));
}
