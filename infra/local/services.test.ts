import { expect, it } from 'vitest';
import { serviceSpec } from './services.ts';

const outputs = {
  TopicArn: 'arn:aws:sns:us-east-1:000000000000:local.fifo',
  TableName: 'tasks',
  BucketName: 'files',
  Services: 'mail',
  MailQueueUrl: 'http://127.0.0.1:1/mail',
  MailDeadLetterQueueUrl: 'http://127.0.0.1:1/mail_dead',
};
const endpoint = 'http://127.0.0.1:4566';
const endpoints = { sns: endpoint, sqs: endpoint, dynamodb: endpoint, s3: endpoint };

it('leads whatever else a service asks of AWS to nobody', () => {
  const spec = serviceSpec({
    outputs,
    endpoints,
    service: 'mail',
    inherited: {},
    told: { A: 'b' },
  });
  expect(spec.environment).toMatchObject({
    A: 'b',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_ENDPOINT_URL_SQS: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
  });
});
