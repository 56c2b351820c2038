import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { schedulerStatements } from './schedulerStatements.ts';
import { allow, keysLike, type QueueArns, type StageArns } from './statements.ts';

export interface OperatorStatementsOptions {
  readonly stage: StageArns;
  /** Of every service, the platform included. */
  readonly queues: readonly QueueArns[];
}

/**
 * What the command line does on behalf of a person: list and read everything, cancel tasks, redrive and purge dead letters, store and
 * fetch files, schedule tasks, and tell workers to pause, resize or stop. It runs nothing.
 */
export function operatorStatements({
  stage,
  queues,
}: OperatorStatementsOptions): PolicyStatement[] {
  const { table, bucket } = stage;
  return [
    allow({
      sid: 'ListTasksDeadLettersAndProcesses',
      actions: ['dynamodb:Query'],
      resources: [`${table}/index/*`],
    }),
    allow({
      sid: 'ReadRecordsDeadLettersAndHeartbeats',
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
      resources: [table],
      conditions: keysLike('task#*', 'result#*', 'dead#*', 'worker#*'),
    }),
    allow({
      sid: 'CancelRedriveAndPurge',
      actions: ['dynamodb:UpdateItem'],
      resources: [table],
      conditions: keysLike('result#*', 'dead#*'),
    }),
    allow({
      sid: 'TellWorkersWhatIsWanted',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      resources: [table],
      conditions: keysLike('control#*'),
    }),
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
    allow({
      sid: 'UploadFiles',
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: [`${bucket}/uploads/*`],
    }),
    ...schedulerStatements(stage),
  ];
}
