import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { addToTheAudit, manageKeys } from './identityStatements.ts';
import { keyStatements } from './keyStatements.ts';
import { largeValueStatements } from './schedulerStatements.ts';
import {
  allow,
  CONSUME,
  keysLike,
  type QueueArns,
  queuesIn,
  type StageArns,
  tellGoneFromForbidden,
} from './statements.ts';

export interface PlatformStatementsOptions {
  readonly stage: StageArns;
  readonly queues: QueueArns;
  /** Of every worker. */
  readonly workerQueues: readonly QueueArns[];
}

/**
 * What the platform may do: fill the table, publish what is due and what is asked for through its API, take care of every service's dead
 * letters, tell workers what is wanted of them, and link to files. It starts nothing from a worker's queue.
 */
export function platformStatements(options: PlatformStatementsOptions): PolicyStatement[] {
  const { stage, queues, workerQueues } = options;
  const { table, topic } = stage;
  const all = [queues, ...workerQueues];
  return [
    allow({
      sid: 'ConsumeTheCopiesOfTasks',
      actions: [...CONSUME],
      resources: [queues.queue],
    }),
    allow({
      sid: 'WatchDeadLetters',
      actions: [...CONSUME, 'sqs:SendMessage'],
      resources: all.map(({ deadLetterQueue }) => deadLetterQueue),
    }),
    allow({
      sid: 'RedriveDeadLetters',
      actions: ['sqs:SendMessage'],
      resources: all.flatMap(queuesIn),
    }),
    allow({
      sid: 'LookAtQueues',
      actions: ['sqs:GetQueueAttributes'],
      resources: [...all.flatMap(queuesIn), ...all.map(({ deadLetterQueue }) => deadLetterQueue)],
    }),
    ...tableStatements(table),
    manageKeys(stage),
    addToTheAudit(stage),
    allow({
      sid: 'PublishWhatIsDueAndProbeTheTopic',
      actions: ['sns:Publish', 'sns:GetTopicAttributes'],
      resources: [topic],
    }),
    ...largeValueStatements(stage.bucket),
    allow({
      sid: 'LinkToFilesAndRunLargeInputsAgain',
      actions: ['s3:GetObject'],
      resources: [`${stage.bucket}/*`],
    }),
    tellGoneFromForbidden(stage.bucket),
    ...keyStatements(stage),
  ];
}

function tableStatements(table: string): PolicyStatement[] {
  return [
    allow({
      sid: 'FillTheTable',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:BatchWriteItem',
      ],
      resources: [table],
      conditions: keysLike(
        'task#*',
        'result#*',
        'due#*',
        'schedule#*',
        'dead#*',
        'control#*',
        'breaker#*',
        'dispatcher#*',
        'flow#*',
        'join#*',
        'unique#*',
        'depth#*',
      ),
    }),
    allow({
      sid: 'CountTasks',
      actions: ['dynamodb:UpdateItem'],
      resources: [table],
      conditions: keysLike('stats#platform#*'),
    }),
    allow({
      sid: 'ReadHeartbeatsStatisticsAndLogs',
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
      resources: [table],
      conditions: keysLike('worker#*', 'stats#*', 'log#*'),
    }),
    allow({
      sid: 'QueryTheIndexes',
      actions: ['dynamodb:Query'],
      resources: [`${table}/index/*`],
    }),
  ];
}
