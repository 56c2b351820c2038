import type { SQSClient } from '@aws-sdk/client-sqs';
import type { TaskId, TaskRecord } from '@taskfleet/toolbox/contract';
import { readTasks, type TaskTable } from '@taskfleet/toolbox/table';
import { z } from 'zod';
import type { Asked, AskedTask, Facts, Life } from '../check/facts.ts';
import { LEASE_SECONDS, MAX_ATTEMPTS, quick, tick } from '../fleet/labFleet.ts';
import { readSideLog, type SideLogLine } from '../fleet/sideLog.ts';
import { derivedIds } from './derivedIds.ts';
import { readFirings } from './firings.ts';
import { queueDepths } from './queueDepths.ts';
import { readDeadLetters } from './readDeadLetters.ts';
import { readFlows } from './readFlows.ts';
import type { Witness } from './witness.ts';

export interface CollectOptions {
  readonly table: TaskTable;
  readonly sqs: SQSClient;
  /** By name of the service. */
  readonly queues: Readonly<Record<string, { queueUrl: string; deadLetterQueueUrl: string }>>;
  readonly witness: Witness;
  readonly sideLog: string;
  readonly asked: Asked;
  /** Milliseconds since 1970: firings up to then were to be made. */
  readonly firedUntil: number;
  readonly lives: readonly Life[];
}

/** Everything that the checks look at, once nothing runs any more. */
export async function collectFacts(options: CollectOptions): Promise<Facts> {
  const { sqs, table, witness, lives } = options;
  const sideLog = readSideLog(options.sideLog);
  const firings = await readFirings(table, sideLog, options.firedUntil);
  const { flows, tasks } = await readFlows(table, options.asked.flows);
  const fired = firings.ran.map(({ id }) => ({ id, ...TICK }));
  const asked = [...options.asked.tasks, ...childrenIn(sideLog), ...tasks, ...fired];
  const ids = asked.map(({ id }) => id as TaskId);
  const records = await readTasks(table, ids);
  const queues = Object.entries(options.queues);
  return {
    leaseMs: LEASE_SECONDS * 1_000,
    maxAttempts: MAX_ATTEMPTS,
    asked,
    lives,
    sideLog,
    flows,
    firings,
    derived: derivedIds({ flows, firings, sideLog }),
    seen: await witness.lookAt(ids),
    defined: new Set(asked.flatMap((task, i) => (isDefined(task, records[i]) ? task.id : []))),
    queues: await queueDepths(options),
    deadLetters: (
      await Promise.all(
        queues.map(async ([queue, urls]) => readDeadLetters(sqs, queue, urls.deadLetterQueueUrl)),
      )
    ).flat(),
  };
}

const TICK = { task: tick.name, n: 0, answer: 'acknowledged' } as const;

/** What handlers have scheduled, and been told that it was taken. */
export function childrenIn(sideLog: readonly SideLogLine[]): AskedTask[] {
  return sideLog.flatMap(({ child, n }) =>
    child === undefined ? [] : { id: child, answer: 'acknowledged', task: quick.name, n },
  );
}

const numbered = z.looseObject({ n: z.int() });

/** A large input is in the bucket: of that, the name is all that can be compared. */
function isDefined({ task, n }: AskedTask, record: TaskRecord | undefined): boolean {
  if (record?.task !== task) return false;
  return record.inputAt !== undefined || numbered.safeParse(record.input).data?.n === n;
}
