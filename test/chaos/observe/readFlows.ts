import { createReader } from '@taskfleet/platform/reader';
import type { TaskId, TaskRecord } from '@taskfleet/toolbox/contract';
import { readFlow, type TaskTable } from '@taskfleet/toolbox/table';
import { z } from 'zod';
import type { AskedFlow, AskedTask, FlowFact, MemberFact } from '../check/facts.ts';
import { gather } from '../fleet/labFleet.ts';

const PAGE = 500;

const place = z.looseObject({ n: z.int(), stage: z.int(), index: z.int() });
const numbered = z.looseObject({ n: z.int() });

export interface FlowsRead {
  readonly flows: readonly FlowFact[];
  /** All that flows came to publish, as if it had been asked for one by one. */
  readonly tasks: readonly AskedTask[];
}

/** What became of flows, from the table. */
export async function readFlows(table: TaskTable, asked: readonly AskedFlow[]): Promise<FlowsRead> {
  const read = await Promise.all(asked.map(async (flow) => readOne(table, flow)));
  return { flows: read.map(({ flow }) => flow), tasks: read.flatMap(({ tasks }) => tasks) };
}

async function readOne(table: TaskTable, asked: AskedFlow) {
  const id = asked.id as TaskId;
  const flow = await readFlow(table, id);
  const family = flow ? await readFamily(table, id) : [];
  const records = family.filter((record) => record.id !== id);
  const isByCallback = records.some(
    (record) => record.id === flow?.failure?.taskId && record.task === gather.name,
  );
  return {
    flow: { ...asked, state: flow?.state, isByCallback, members: records.flatMap(memberIn) },
    tasks: records.flatMap(taskIn),
  };
}

async function readFamily(table: TaskTable, id: TaskId): Promise<TaskRecord[]> {
  const [reader, records] = [createReader(table), [] as TaskRecord[]];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
    const page = await reader.list({ family: id, limit: PAGE, ...(cursor && { cursor }) });
    records.push(...page.tasks);
    cursor = page.cursor;
  }
  return records;
}

function memberIn({ id, task = '', input }: TaskRecord): MemberFact[] {
  const parsed = place.safeParse(input);
  if (!parsed.success) return [];
  const { n, stage, index } = parsed.data;
  return [{ id, task, n, stage, index }];
}

function taskIn({ id, task = '', input }: TaskRecord): AskedTask[] {
  const parsed = numbered.safeParse(input);
  return [{ id, task, n: parsed.data?.n ?? 0, answer: 'acknowledged' }];
}
