import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { messageGroupId, serializeMessage, type TaskId } from '@taskfleet/toolbox/contract';
import { readTasks, type TaskTable } from '@taskfleet/toolbox/table';
import { randomUUID } from 'node:crypto';

export interface AgainOptions {
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  /** The worker's. */
  readonly queueUrl: string;
}

/**
 * Puts a second message of the same task into the worker's queue, as if topic or queue had duplicated it: the same group, and
 * nothing by which the queue could know it. Does nothing while the tracker does not know the task.
 */
export async function deliverAgain(
  { sqs, table, queueUrl }: AgainOptions,
  id: TaskId,
): Promise<void> {
  const [record] = await readTasks(table, [id]);
  const { task, input, group, parent, root, createdAt } = record ?? {};
  if (task === undefined || root === undefined || createdAt === undefined) return;
  const asked = { v: 1, id, task, input, group, parent, root, createdAt } as const;
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: serializeMessage(asked),
      MessageGroupId: messageGroupId(asked),
      MessageDeduplicationId: randomUUID(),
    }),
  );
}
