import { ListObjectsV2Command, NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { isGone } from './index.ts';

const $metadata = { httpStatusCode: 403 };
const refused = new S3ServiceException({ name: 'Forbidden', $fault: 'client', $metadata });
const gone = new NoSuchKey({ message: '', $metadata: {} });
const unreachable = new Error('connect ECONNREFUSED');

function bucketThatLists(...keys: readonly string[]) {
  const s3 = new S3Client({ region: 'us-east-1' });
  const contents = { Contents: keys.map((Key) => ({ Key })) };
  const mocked = mockClient(s3).on(ListObjectsV2Command).resolves(contents);
  return { bucket: { s3, bucketName: 'files' }, mocked };
}

it.each([
  ['by name', gone, ['a.txt'], true],
  ['by a refusal, and not in the list', refused, [], true],
  ['by a refusal, and another is in the list', refused, ['a.txt.bak'], true],
  ['by a refusal of what is in the list', refused, ['a.txt'], false],
  ['by an outage', unreachable, [], false],
])('tells what is gone from what cannot be had: %s', async (_how, error, keys, expected) => {
  const { bucket } = bucketThatLists(...keys);
  expect(await isGone(bucket, 'a.txt', error)).toBe(expected);
});

it('takes nothing for gone that it may not list', async () => {
  const { bucket, mocked } = bucketThatLists();
  mocked.on(ListObjectsV2Command).rejects(refused);
  expect(await isGone(bucket, 'a.txt', refused)).toBe(false);
});
