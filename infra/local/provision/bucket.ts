import {
  CreateBucketCommand,
  HeadBucketCommand,
  NotFound,
  type S3Client,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import { generatedName } from './generatedName.ts';
import { resourceKind } from './resourceKind.ts';

export const bucketKind = resourceKind({
  type: 'AWS::S3::Bucket',
  schema: z.strictObject({ BucketName: z.string().optional() }),
  leftOut: {
    BucketEncryption: 'the emulator encrypts nothing',
    LifecycleConfiguration: 'the emulator keeps rules and never acts on them',
    PublicAccessBlockConfiguration: 'the emulator checks no access, and listens on loopback only',
  },
  async apply({ logicalId, properties }, { clients: { s3 }, stackName }) {
    const name = properties.BucketName ?? generatedName(stackName, logicalId);
    if (!(await bucketExists(s3, name))) await s3.send(new CreateBucketCommand({ Bucket: name }));
    return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } };
  },
});

async function bucketExists(s3: S3Client, Bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
