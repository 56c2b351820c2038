import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Flows } from '@taskfleet/toolbox/canvas';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import type { Statistics } from '@taskfleet/toolbox/statistics';
import type { TaskTable } from '@taskfleet/toolbox/table';
import type { QueuePair } from './serviceQueues.ts';

/** What it takes to deal with the dead letters of one service. */
export interface LetterOptions {
  readonly fleet: Fleet;
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  readonly queues: QueuePair;
  /** Carries on the flows of tasks that have died. */
  readonly flows: Pick<Flows, 'advance'>;
  /** Counts the tasks that have died. */
  readonly statistics: Pick<Statistics, 'count'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}
