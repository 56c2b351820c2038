import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { allow, type StageArns } from './statements.ts';

/**
 * What whoever schedules, runs or reads tasks needs of the customer's key: its use by the services that keep them, and none by
 * itself. Actions by service: docs.aws.amazon.com/sns/latest/dg/sns-key-management.html, AWSSimpleQueueService's
 * sqs-key-management.html, AmazonS3's UsingKMSEncryption.html, amazondynamodb's encryption.usagenotes.html.
 */
export function keyStatements({ key }: Pick<StageArns, 'key'>): PolicyStatement[] {
  if (key === undefined) return [];
  return [
    allow({
      sid: 'UseTheKeyForMessagesAndFiles',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key],
      conditions: through('sns', 'sqs', 's3'),
    }),
    allow({
      sid: 'UseTheKeyForTheTable',
      actions: [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      resources: [key],
      conditions: through('dynamodb'),
    }),
  ];
}

function through(...services: readonly string[]) {
  const names = services.map((service) => `${service}.${Aws.REGION}.amazonaws.com`);
  return { StringEquals: { 'kms:ViaService': names } };
}
