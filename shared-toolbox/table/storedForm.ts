import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  type FormatError,
  type Parsed,
  parseDefinitionRecord,
  parseResultRecord,
  publishedAt,
  type TaskDefinitionRecord,
  type TaskResultRecord,
} from '../contract/index.ts';
import { epochSeconds, expiryOf } from './expiry.ts';
import { definitionKey, shardOf, TASK_TABLE } from './layout.ts';

export type Stored = Record<string, AttributeValue>;

/** A definition with its keys. Input, if it is here, is kept as JSON text: exact, and one attribute whatever its shape. */
export function storedDefinition(definition: TaskDefinitionRecord, retentionMs: number): Stored {
  return marshall(
    {
      ...definition,
      input: JSON.stringify(definition.input),
      [TASK_TABLE.partitionKey]: definitionKey(definition.id),
      [TASK_TABLE.timeToLive]: epochSeconds(
        expiryOf({ createdAt: publishedAt(definition), retentionMs }),
      ),
      ...placesOf(definition),
    },
    { removeUndefinedValues: true },
  );
}

/** Where a task, or a flow, is found in the indexes, while it waits in the table as well as afterwards. */
export function placesOf({
  id,
  createdAt,
  parent,
  root,
  subject,
}: Pick<TaskDefinitionRecord, 'id' | 'createdAt' | 'parent' | 'root' | 'subject'>) {
  return {
    recentShard: shardOf(id),
    recentAt: createdAt,
    ...(parent !== undefined && { familyRoot: root, familyAt: createdAt }),
    ...(subject !== undefined && { subjectKey: subject, subjectAt: createdAt }),
  };
}

/** A definition as one attribute of another item. */
export function definitionText(definition: TaskDefinitionRecord): string {
  return JSON.stringify(definition);
}

export function definitionFrom(stored: Stored): Parsed<TaskDefinitionRecord, FormatError> {
  const { input, ...rest } = unmarshall(stored);
  return parseDefinitionRecord(input === undefined ? rest : { ...rest, input: jsonFrom(input) });
}

/** The definition that a waiting message carries. */
export function waitingDefinitionFrom(stored: Stored): Parsed<TaskDefinitionRecord, FormatError> {
  return parseDefinitionRecord(jsonFrom(unmarshall(stored)['definition']));
}

export function resultFrom(stored: Stored): Parsed<TaskResultRecord, FormatError> {
  const { output, ...rest } = unmarshall(stored);
  return parseResultRecord(output === undefined ? rest : { ...rest, output: jsonFrom(output) });
}

/** The value in a JSON text; anything else as it is, for the schema to judge. */
function jsonFrom(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : text;
  } catch {
    return undefined;
  }
}
