import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { addToTheAudit } from './identityStatements.ts';
import { schedulerStatements } from './schedulerStatements.ts';
import {
  allow,
  keysLike,
  type QueueArns,
  queuesIn,
  type StageArns,
  tellGoneFromForbidden,
} from './statements.ts';

export interface OperatorStatementsOptions {
  readonly stage: StageArns;
  /** Of every service, the platform included. */
  readonly queues: readonly QueueArns[];
}

/**
 * What the command line does on behalf of a person: list and read everything, cancel tasks, redrive and purge dead letters, change
 * periodic tasks, store and
 * fetch files, schedule tasks, tell workers to pause, resize or stop, look at how everything is set up. It runs nothing.
 */
export function operatorStatements({
  stage,
  queues,
}: OperatorStatementsOptions): PolicyStatement[] {
  const { bucket } = stage;
  return [
    ...tableStatements(stage),
    addToTheAudit(stage),
    allow({
      sid: 'ReachDeadLetters',
      actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'],
      resources: queues.map(({ deadLetterQueue }) => deadLetterQueue),
    }),
    allow({
      sid: 'FetchAndUploadFiles',
      actions: ['s3:GetObject'],
      resources: [`${bucket}/*`],
    }),
    tellGoneFromForbidden(bucket),
    allow({
      sid: 'UploadFiles',
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: [`${bucket}/uploads/*`],
    }),
    ...schedulerStatements(stage),
    ...doctorStatements({ stage, queues }),
  ];
}

/** What `taskfleet doctor` looks at. It changes nothing. */
function doctorStatements({ stage, queues }: OperatorStatementsOptions): PolicyStatement[] {
  const { topic, table, bucket } = stage;
  return [
    allow({
      sid: 'LookAtQueues',
      actions: ['sqs:GetQueueAttributes'],
      resources: queues.flatMap((own) => [...queuesIn(own), own.deadLetterQueue]),
    }),
    allow({
      sid: 'LookAtSubscriptions',
      actions: ['sns:ListSubscriptionsByTopic', 'sns:GetSubscriptionAttributes'],
      // A subscription's ARN begins with its topic's. Not tried on AWS whether it takes them for this action; if not, the
      // doctor says that it may not look.
      resources: [topic, `${topic}:*`],
    }),
    allow({
      sid: 'LookAtTheTable',
      actions: [
        'dynamodb:DescribeTable',
        'dynamodb:DescribeTimeToLive',
        'dynamodb:DescribeContinuousBackups',
      ],
      resources: [table],
    }),
    allow({
      sid: 'LookAtTheBucket',
      actions: [
        's3:GetLifecycleConfiguration',
        's3:GetBucketPublicAccessBlock',
        's3:GetEncryptionConfiguration',
      ],
      resources: [bucket],
    }),
  ];
}

function tableStatements({ table }: StageArns): PolicyStatement[] {
  return [
    allow({
      sid: 'ListTasksDeadLettersAndProcesses',
      actions: ['dynamodb:Query'],
      resources: [`${table}/index/*`],
    }),
    allow({
      sid: 'ReadRecordsLogsDeadLettersAndHeartbeats',
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
      resources: [table],
      conditions: keysLike('task#*', 'result#*', 'dead#*', 'due#*', 'worker#*', 'flow#*', 'log#*'),
    }),
    allow({
      sid: 'CancelRedriveAndPurge',
      actions: ['dynamodb:UpdateItem'],
      resources: [table],
      conditions: keysLike('result#*', 'dead#*'),
    }),
    allow({
      sid: 'RescheduleAndForgetWhatWaits',
      actions: ['dynamodb:PutItem', 'dynamodb:BatchWriteItem'],
      resources: [table],
      conditions: keysLike('task#*', 'due#*'),
    }),
    allow({
      sid: 'ChangePeriodicTasks',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:PutItem',
        'dynamodb:DeleteItem',
      ],
      resources: [table],
      conditions: keysLike('schedule#*'),
    }),
    allow({
      sid: 'TellWorkersWhatIsWanted',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      resources: [table],
      conditions: keysLike('control#*'),
    }),
    allow({
      sid: 'ReadStatistics',
      actions: ['dynamodb:BatchGetItem'],
      resources: [table],
      conditions: keysLike('stats#*'),
    }),
  ];
}
