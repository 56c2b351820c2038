import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { observeBucket } from './observe/bucket.ts';
import { observeTable } from './observe/table.ts';
import { look } from './seen.ts';

const failing = (name: string, httpStatusCode: number | undefined, message = 'because') => {
  const metadata = httpStatusCode === undefined ? {} : { $metadata: { httpStatusCode } };
  return Object.assign(new Error(message), { name, ...metadata });
};

describe('a look at a resource', () => {
  it.each([
    ['QueueDoesNotExist', 400],
    ['NotFoundException', 404],
    ['ResourceNotFoundException', 400],
    ['NoSuchBucket', 404],
    ['NoSuchLifecycleConfiguration', 404],
  ])('knows by %s that it is not there', async (name, status) => {
    expect(await look(async () => Promise.reject(failing(name, status)))).toEqual({
      kind: 'absent',
    });
  });

  it.each([
    ['AccessDenied', 403, 'because', 'because'],
    ['AuthorizationErrorException', 403, 'because', 'because'],
    ['AccessDeniedException', 400, 'because', 'because'],
    [
      'UnknownOperationException',
      400,
      'UnknownError',
      'UnknownOperationException (HTTP status 400)',
    ],
    ['Forbidden', 403, '', 'Forbidden (HTTP status 403)'],
  ])('takes %s for no answer, never for a good one', async (name, status, message, reason) => {
    const call = async () => Promise.reject(failing(name, status, message));
    expect(await look(call)).toEqual({ kind: 'hidden', reason });
  });

  it.each([
    ['ECONNREFUSED', undefined],
    ['InternalError', 500],
    ['ThrottlingException', 400],
    ['ExpiredTokenException', 400],
    ['InvalidClientTokenId', 403],
    ['UnrecognizedClientException', 400],
  ])('fails with %s, because nothing else could be seen either', async (name, status) => {
    const error = failing(name, status);
    await expect(look(async () => Promise.reject(error))).rejects.toBe(error);
  });
});

describe('what only AWS says', () => {
  const s3 = mockClient(S3Client);
  const dynamodb = mockClient(DynamoDBClient);
  afterEach(() => {
    s3.reset();
    dynamodb.reset();
  });

  it('of a bucket is read: rules that are on, all four blocks, the algorithm', async () => {
    s3.on(HeadBucketCommand).resolves({});
    s3.on(GetBucketLifecycleConfigurationCommand).resolves({
      Rules: [
        { Status: 'Enabled', Filter: { Prefix: 'offload/16d/' }, Expiration: { Days: 16 } },
        { Status: 'Disabled', Filter: { Prefix: 'offload/' }, Expiration: { Days: 3_665 } },
        { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
      ],
    });
    s3.on(GetPublicAccessBlockCommand).resolves({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: false,
      },
    });
    s3.on(GetBucketEncryptionCommand).resolves({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
    expect(await observeBucket(new S3Client({}), 'files')).toEqual({
      name: 'files',
      reached: { kind: 'seen', value: true },
      lifecycle: {
        kind: 'seen',
        value: { lifetimes: [{ prefix: 'offload/16d/', days: 16 }], endsUploads: true },
      },
      isPrivate: { kind: 'seen', value: false },
      encryption: { kind: 'seen', value: 'AES256' },
    });
  });

  it('of a table is read: a time to live that is on, and recovery', async () => {
    dynamodb.on(DescribeTableCommand).rejects(failing('AccessDeniedException', 400, 'no'));
    dynamodb.on(DescribeTimeToLiveCommand).resolves({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
    });
    dynamodb.on(DescribeContinuousBackupsCommand).resolves({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
      },
    });
    const table = { dynamodb: new DynamoDBClient({}), tableName: 'tasks' };
    expect(await observeTable(table)).toEqual({
      name: 'tasks',
      shape: { kind: 'hidden', reason: 'no' },
      timeToLive: { kind: 'seen', value: 'expiresAt' },
      recovery: { kind: 'seen', value: 'DISABLED' },
    });
  });

  it.each(['DISABLED', 'DISABLING'] as const)(
    'of a table is read: a time to live that is %s is none',
    async (TimeToLiveStatus) => {
      dynamodb.on(DescribeTimeToLiveCommand).resolves({
        TimeToLiveDescription: { TimeToLiveStatus, AttributeName: 'expiresAt' },
      });
      dynamodb.on(DescribeTableCommand).resolves({});
      dynamodb.on(DescribeContinuousBackupsCommand).resolves({});
      const table = { dynamodb: new DynamoDBClient({}), tableName: 'tasks' };
      expect((await observeTable(table)).timeToLive).toEqual({ kind: 'seen', value: undefined });
    },
  );
});
