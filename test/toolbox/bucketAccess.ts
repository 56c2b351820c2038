import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ArtifactBucket } from '@taskfleet/toolbox/artifacts';

/** What the bucket holds, and ways to take it away. */
export interface BucketAccess {
  /** Keys that contain the text. */
  keys(containing: string): Promise<string[]>;
  text(key: string): Promise<{ type: string | undefined; text: string }>;
  remove(key: string): Promise<void>;
}

export function bucketAccess({ s3, bucketName: Bucket }: ArtifactBucket): BucketAccess {
  return {
    keys: async (containing) => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
      return Contents.map(({ Key = '' }) => Key).filter((key) => key.includes(containing));
    },
    text: async (Key) => {
      const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return { type: ContentType, text: (await Body?.transformToString()) ?? '' };
    },
    remove: async (Key) => void (await s3.send(new DeleteObjectCommand({ Bucket, Key }))),
  };
}

/** Lets a test take the way to the bucket away: requests then go to a port where nobody listens. */
export function detour(s3: S3Client) {
  const way = { isBlocked: false, blocked: 0 };
  s3.middlewareStack.add(
    (next) => async (args) => {
      if (way.isBlocked) {
        Object.assign(args.request as object, { hostname: '127.0.0.1', port: 1 });
        way.blocked += 1;
      }
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  return way;
}
