import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { keyStatements } from './keyStatements.ts';
import { allow, keysLike, prefixesLike, type StageArns } from './statements.ts';

/**
 * What it takes to schedule tasks and wait for their results: the topic, durable tasks in the table, outages that processes tell
 * each other of, flows, records to read, and large inputs. No record of a task can be written with it.
 */
export function schedulerStatements(stage: StageArns): PolicyStatement[] {
  const { topic, table, bucket } = stage;
  return [
    allow({
      sid: 'PublishTasksAndProbeTheTopic',
      actions: ['sns:Publish', 'sns:GetTopicAttributes'],
      resources: [topic],
    }),
    allow({
      sid: 'KeepDurableTasks',
      actions: ['dynamodb:PutItem', 'dynamodb:GetItem'],
      resources: [table],
      conditions: keysLike('due#*'),
    }),
    allow({
      sid: 'HoldTheKeysOfUniqueTasks',
      actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
      resources: [table],
      conditions: keysLike('unique#*'),
    }),
    allow({
      sid: 'TellOfOutages',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      resources: [table],
      conditions: keysLike('breaker#*'),
    }),
    allow({
      sid: 'ReadRecords',
      actions: ['dynamodb:BatchGetItem'],
      resources: [table],
      conditions: keysLike('task#*', 'result#*', 'flow#*'),
    }),
    allow({
      sid: 'StartFlowsAndCarryThemOn',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ],
      resources: [table],
      conditions: keysLike('flow#*', 'join#*'),
    }),
    ...largeValueStatements(bucket),
    ...keyStatements(stage),
  ];
}

/**
 * What it takes to pass large values on: as inputs of any task, from outputs of any, by the plans of flows. Whoever may not list a bucket is
 * told of an object that is gone that it may not be read, which looks like an outage (docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html,
 * permissions): it looks into the list then, whose keys tell ids and names only.
 */
export function largeValueStatements(bucket: string): PolicyStatement[] {
  return [
    allow({
      sid: 'ReadLargePlansOfFlows',
      actions: ['s3:GetObject'],
      resources: [`${bucket}/offload/*/flow/*/input.json`],
    }),
    allow({
      sid: 'StoreLargeInputs',
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: [`${bucket}/offload/*/input.json`],
    }),
    allow({
      sid: 'ReadLargeOutputs',
      actions: ['s3:GetObject'],
      resources: [`${bucket}/offload/*/output-*.json`],
    }),
    allow({
      sid: 'TellGoneLargeValuesFromForbidden',
      actions: ['s3:ListBucket'],
      resources: [bucket],
      conditions: prefixesLike('offload/*'),
    }),
  ];
}
