import type { SQSClient } from '@aws-sdk/client-sqs';
import { DUE_SHARDS, readDue, readUnstarted, type TaskTable } from '@taskfleet/toolbox/table';
import { queueDepth } from '../../fixtures/queueDepth.ts';
import type { QueueDepth } from '../check/facts.ts';

export interface DepthOptions {
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  /** By name of the service. */
  readonly queues: Readonly<Record<string, { readonly queueUrl: string }>>;
}

/** What waits in each queue, and in the table to be published or begun. */
export async function queueDepths({ sqs, table, queues }: DepthOptions): Promise<QueueDepth[]> {
  const waiting = DUE_SHARDS.map(async (shard) => readDue(table, shard, Number.MAX_SAFE_INTEGER));
  const due = { queue: 'due', depth: (await Promise.all(waiting)).flat().length };
  const flows = (await readUnstarted(table, Number.MAX_SAFE_INTEGER)).length;
  const depths = Object.entries(queues).map(async ([queue, { queueUrl }]) => ({
    queue,
    depth: await queueDepth(sqs, queueUrl),
  }));
  return [due, { queue: 'flows', depth: flows }, ...(await Promise.all(depths))];
}
