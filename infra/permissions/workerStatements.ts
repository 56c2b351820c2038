import type { Permission } from '@taskfleet/toolbox/contract';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { pascalCase } from '../outputs.ts';
import { schedulerStatements } from './schedulerStatements.ts';
import {
  allow,
  CONSUME,
  keysLike,
  prefixesLike,
  type QueueArns,
  queuesIn,
  type StageArns,
} from './statements.ts';

export interface WorkerStatementsOptions {
  /** Name of the worker. */
  readonly worker: string;
  readonly stage: StageArns;
  readonly queues: QueueArns;
}

/**
 * What a worker may do: consume its queue, write the results of its own tasks, its own heartbeats, statistics and logs,
 * use its own files, and schedule tasks. Other workers' results it may read, as every scheduler, and never write.
 */
export function workerStatements(options: WorkerStatementsOptions): PolicyStatement[] {
  const { worker, stage, queues } = options;
  const { table, bucket } = stage;
  return [
    allow({
      sid: 'ConsumeItsQueue',
      actions: [...CONSUME],
      resources: queuesIn(queues),
    }),
    allow({
      sid: 'DeadLetterWhatItCannotRun',
      actions: ['sqs:SendMessage'],
      resources: [queues.deadLetterQueue],
    }),
    ...tableStatements(worker, table),
    allow({
      sid: 'UseItsFiles',
      actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'],
      resources: [`${bucket}/${worker}/*`],
    }),
    allow({
      sid: 'ListItsFilesAndWhatPeopleUploaded',
      actions: ['s3:ListBucket'],
      resources: [bucket],
      conditions: prefixesLike(`${worker}/*`, 'uploads/*'),
    }),
    allow({
      sid: 'ReadWhatPeopleUploaded',
      actions: ['s3:GetObject'],
      resources: [`${bucket}/uploads/*`],
    }),
    allow({
      sid: 'ReadItsLargeInputs',
      actions: ['s3:GetObject'],
      resources: [`${bucket}/offload/*/${worker}/*/input.json`],
    }),
    allow({
      sid: 'StoreItsLargeOutputs',
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: [`${bucket}/offload/*/${worker}/*/output-*.json`],
    }),
    ...schedulerStatements(stage),
  ];
}

function tableStatements(worker: string, table: string): PolicyStatement[] {
  return [
    allow({
      sid: 'ClaimAndRecordItsTasks',
      actions: ['dynamodb:UpdateItem', 'dynamodb:GetItem'],
      resources: [table],
      conditions: keysLike(`result#${worker}_*`),
    }),
    allow({
      sid: 'TakeTurnsOfItsRateLimits',
      actions: ['dynamodb:UpdateItem'],
      resources: [table],
      conditions: keysLike(`rate#${worker}`, `rate#${worker}.*`),
    }),
    allow({
      sid: 'HearWhatItIsTold',
      actions: ['dynamodb:GetItem'],
      resources: [table],
      conditions: keysLike(`control#${worker}`),
    }),
    allow({
      sid: 'SayThatItLives',
      actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
      resources: [table],
      conditions: keysLike(`worker#${worker}_*`),
    }),
    allow({
      sid: 'CountItsTasks',
      actions: ['dynamodb:UpdateItem'],
      resources: [table],
      conditions: keysLike(`stats#${worker}#*`),
    }),
    allow({
      sid: 'KeepWhatItsTasksSay',
      actions: ['dynamodb:PutItem'],
      resources: [table],
      conditions: keysLike(`log#${worker}_*`),
    }),
  ];
}

/** What a worker's contract says that its handlers may do besides. */
export function contractStatements(permissions: readonly Permission[]): PolicyStatement[] {
  return permissions.map(({ actions, resources, why }, i) =>
    allow({
      sid: `Contract${i + 1}${pascalCase(why.replaceAll(/ +/g, '-'))}`,
      actions: [...actions],
      resources: [...resources],
    }),
  );
}
