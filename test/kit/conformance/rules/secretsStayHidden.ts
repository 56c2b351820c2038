import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Json, redact, REDACTED, type TaskId } from '@taskfleet/toolbox/contract';
import { TASK_TABLE } from '@taskfleet/toolbox/table';
import type { Rehearsal } from '../rehearsal/rehearsal.ts';
import type { Trial } from '../rehearsal/samples.ts';
import type { Rule } from '../rule.ts';

/** Records and logs are read by many more people than may have what opens a door. */
export const secretsStayHidden: Rule = {
  name: 'secrets reach no record and no log',
  check: async (subject) => {
    const rehearsal = await subject.rehearsal();
    await rehearsal.runs();
    const secrets = rehearsal.trials.flatMap(secretsOf);
    if (secrets.length === 0) return [];
    const places = [...(await recordsIn(rehearsal)), ...linesIn(rehearsal)];
    const found = places.flatMap(({ where, text }) =>
      secrets
        .filter(({ spellings }) => spellings.some((spelling) => text.includes(spelling)))
        .map(
          ({ path }) =>
            `expected ${path} to be seen by its handler alone, got it in ${where}; keep it out of keys, logs, progress, errors and outputs, ` +
            'and mark it with secret() in the inputs of children',
        ),
    );
    return [...new Set(found)];
  },
};

interface SampleSecret {
  /** Such as `mail.send input.password`. */
  readonly path: string;
  readonly spellings: readonly string[];
}

/** A shorter one stands in other words too. */
const SHORTEST = 4;

function secretsOf({ task, input }: Trial): SampleSecret[] {
  return differences(input, redact(task.input, input) as Json, `${task.name} input`)
    .filter(({ text }) => text.length >= SHORTEST)
    .map(({ path, text }) => ({ path, spellings: spellingsOf(text) }));
}

/** As it is, in JSON, in an address, and as HTTP carries a password. */
function spellingsOf(text: string): string[] {
  const base64 = Buffer.from(text).toString('base64').replace(/=+$/, '');
  return [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), base64];
}

interface Leaf {
  readonly path: string;
  readonly text: string;
}

function differences(value: Json, shown: Json | undefined, path: string): Leaf[] {
  if (typeof value !== 'object' || value === null) {
    return shown === REDACTED ? [{ path, text: String(value) }] : [];
  }
  return Object.entries(value).flatMap(([key, member]) => {
    const other = shown === REDACTED ? REDACTED : (shown as Record<string, Json>)[key];
    return differences(member, other, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
  });
}

interface Place {
  readonly where: string;
  readonly text: string;
}

async function recordsIn({ ground, fleet }: Rehearsal): Promise<Place[]> {
  const { dynamodb, tableName: TableName } = ground.table;
  const places: Place[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamodb.send(new ScanCommand({ TableName, ExclusiveStartKey }));
    for (const item of page.Items ?? []) {
      const record = unmarshall(item);
      const key = String(record[TASK_TABLE.partitionKey]);
      places.push({ where: await nameOf(fleet, key), text: JSON.stringify(record) });
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return places;
}

/** Of a record: `the result of mail.send`. */
async function nameOf(fleet: Rehearsal['fleet'], key: string): Promise<string> {
  const [, kind = '', id = ''] = /^(task|result|log)#(.+)$/.exec(key) ?? [];
  const names: Readonly<Record<string, string>> = {
    task: 'the definition',
    result: 'the result',
    log: 'the log',
  };
  const name = names[kind];
  if (name === undefined) return `an item ${key.split('#')[0]}# of the table`;
  return `${name} of ${(await fleet.get(id as TaskId)).task ?? 'a task'}`;
}

function linesIn({ fleet }: Rehearsal): Place[] {
  return fleet.log.lines.map((line) => ({
    where: `the log line "${line.msg ?? line.event}"`,
    text: JSON.stringify(line),
  }));
}
