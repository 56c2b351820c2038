import type { SQSClient } from '@aws-sdk/client-sqs';
import { createDeadLetters } from '@taskfleet/platform/dead-letters';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { TaskTable } from '@taskfleet/toolbox/table';
import { queueDepth } from '../../fixtures/queueDepth.ts';

export interface LettersOptions {
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  /** By name of the service. */
  readonly queues: Readonly<Record<string, { queueUrl: string; deadLetterQueueUrl: string }>>;
}

/** More than any run has. */
const MOST_LETTERS = 500;

/**
 * Whether the watcher has dealt with every dead letter: it keeps a letter last, once the flow of its task has been carried on. One that
 * it could not deal with yet is hidden like all others, and comes back.
 */
export async function lettersAreKnown({ sqs, table, queues }: LettersOptions): Promise<boolean> {
  const byName = new Map(Object.entries(queues));
  const watched = createDeadLetters({ sqs, table, queues: () => byName, clock: systemClock });
  const { letters } = await watched.list({ limit: MOST_LETTERS });
  const depths = [...byName.values()].map(async ({ deadLetterQueueUrl }) =>
    queueDepth(sqs, deadLetterQueueUrl),
  );
  const inQueues = (await Promise.all(depths)).reduce((sum, depth) => sum + depth, 0);
  return inQueues === letters.length;
}
