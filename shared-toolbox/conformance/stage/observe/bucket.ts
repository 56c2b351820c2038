import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  type LifecycleRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { OffloadLifetime } from '../../../contract/index.ts';
import { look, type Seen } from '../seen.ts';

export interface LifecycleSeen {
  /** What ends by itself, and when. */
  readonly lifetimes: readonly OffloadLifetime[];
  /** Whether the parts of broken uploads go. */
  readonly endsUploads: boolean;
}

export interface BucketSeen {
  readonly name: string;
  readonly reached: Seen<true>;
  readonly lifecycle: Seen<LifecycleSeen>;
  /** Whether all four of its blocks are on. */
  readonly isPrivate: Seen<boolean>;
  /** Its algorithm, such as `AES256`. */
  readonly encryption: Seen<string>;
}

export async function observeBucket(s3: S3Client, name: string): Promise<BucketSeen> {
  const Bucket = name;
  const [reached, lifecycle, isPrivate, encryption] = await Promise.all([
    look(async () => {
      await s3.send(new HeadBucketCommand({ Bucket }));
      return true as const;
    }),
    look(async () => {
      const answer = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
      return lifecycleOf(answer.Rules ?? []);
    }),
    look(async () => {
      const answer = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
      const block = answer.PublicAccessBlockConfiguration;
      const policies = block?.BlockPublicPolicy && block.RestrictPublicBuckets;
      return Boolean(policies && block?.BlockPublicAcls && block.IgnorePublicAcls);
    }),
    look(async () => {
      const answer = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
      const [rule] = answer.ServerSideEncryptionConfiguration?.Rules ?? [];
      return rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? '';
    }),
  ]);
  return { name, reached, lifecycle, isPrivate, encryption };
}

function lifecycleOf(rules: readonly LifecycleRule[]): LifecycleSeen {
  const enabled = rules.filter(({ Status }) => Status === 'Enabled');
  return {
    lifetimes: enabled.flatMap(({ Expiration, Filter }) =>
      Expiration?.Days === undefined
        ? []
        : [{ prefix: Filter?.Prefix ?? '', days: Expiration.Days }],
    ),
    endsUploads: enabled.some(
      ({ AbortIncompleteMultipartUpload }) => AbortIncompleteMultipartUpload !== undefined,
    ),
  };
}
