import { TABLE_INDEXES, TASK_TABLE } from '../../../table/index.ts';
import { type Check, kept } from '../check.ts';
import type { IndexSeen, TableSeen, TableShape } from '../observe/table.ts';
import { type Place, setBack } from '../place.ts';
import { examine, judge, part, unlessLocal } from './judge.ts';

const subject = 'table';

/** The task table against its layout in the code. */
export function checkTable(table: TableSeen, place: Place): readonly Check[] {
  return examine(subject, table.shape, place, (shape) => [
    checkKey(shape),
    ...TABLE_INDEXES.map((index) => checkIndex(index, shape, place)),
    checkSurplus(shape),
    checkBilling(shape, table, place),
    checkTimeToLive(table, place),
    checkRecovery(table, place),
  ]);
}

function checkKey({ partitionKey, sortKey, types }: TableShape): Check {
  return judge({
    subject,
    rule: 'key',
    isKept:
      partitionKey === TASK_TABLE.partitionKey &&
      sortKey === undefined &&
      types[partitionKey] === 'S',
    cause: `expected the one key ${TASK_TABLE.partitionKey} (S), got ${describeKey({ partitionKey, sortKey }, types)}`,
    mend: 'no table can change its key: TASKFLEET_TABLE names another table than the stack made',
  });
}

type Wanted = (typeof TABLE_INDEXES)[number];

function checkIndex(wanted: Wanted, { indexes, types }: TableShape, place: Place): Check {
  const { name, partitionKey, sortKey } = wanted;
  const found = indexes.find((index) => index.name === name);
  const expected = `${partitionKey} (S), ${sortKey} (N), KEYS_ONLY`;
  const got = found && `${describeKey(found, types)}, ${found.projection}`;
  return judge({
    subject,
    rule: `index ${name}`,
    isKept: got === expected,
    cause: found ? `expected ${expected}, got ${got}` : 'it does not exist',
    mend: setBack(place, `delete the index, if it is there, and make it of ${expected}`),
  });
}

function describeKey(
  { partitionKey, sortKey }: Pick<IndexSeen, 'partitionKey' | 'sortKey'>,
  types: TableShape['types'],
): string {
  const keys = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
  return keys.map((name) => `${name} (${types[name]})`).join(', ');
}

function checkSurplus({ indexes }: TableShape): Check {
  const known = new Set<string>(TABLE_INDEXES.map(({ name }) => name));
  const surplus = indexes.map(({ name }) => name).filter((name) => !known.has(name));
  return judge({
    subject,
    rule: 'no further index',
    isKept: surplus.length === 0,
    severity: 'warning',
    cause: `${surplus.join(', ')}: every index costs write units`,
    mend: 'delete it, if nobody reads it',
  });
}

function checkBilling({ billingMode }: TableShape, { name }: TableSeen, place: Place): Check {
  return judge({
    subject,
    rule: 'billing mode',
    isKept: billingMode === 'PAY_PER_REQUEST',
    cause: `expected PAY_PER_REQUEST, got ${billingMode}: it refuses what is above its capacity`,
    mend: setBack(
      place,
      `aws dynamodb update-table --table-name ${name} --billing-mode PAY_PER_REQUEST`,
    ),
  });
}

function checkTimeToLive({ name, timeToLive }: TableSeen, place: Place): Check {
  const rule = { subject, rule: 'time to live' };
  const { timeToLive: expected } = TASK_TABLE;
  return unlessLocal(place, rule, 'the emulator deletes nothing by itself', () =>
    part(rule, timeToLive, (got) =>
      judge({
        ...rule,
        isKept: got === expected,
        cause: `expected it on ${expected}, got ${got ?? 'none'}: finished tasks stay for ever`,
        mend: setBack(
          place,
          `aws dynamodb update-time-to-live --table-name ${name} --time-to-live-specification Enabled=true,AttributeName=${expected}`,
        ),
      }),
    ),
  );
}

function checkRecovery({ name, recovery }: TableSeen, place: Place): Check {
  const rule = { subject, rule: 'point-in-time recovery' };
  return unlessLocal(place, rule, 'the emulator keeps no backups', () =>
    part(rule, recovery, (got) =>
      got === 'ENABLED'
        ? kept(subject, rule.rule)
        : {
            ...rule,
            verdict: 'error',
            cause: 'it is off: what is deleted by mistake cannot be had back',
            mend: setBack(
              place,
              `aws dynamodb update-continuous-backups --table-name ${name} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
            ),
          },
    ),
  );
}
