import type { Fleet } from '@taskfleet/toolbox/contract';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { offloadRules } from './offloadRules.ts';

/** Long enough for the slowest upload that is still going; the parts of a broken one are billed until then. */
const ABORT_UPLOADS_AFTER = Duration.days(7);

export interface ArtifactsBucketProps {
  /** Its tasks' retentions say how long large inputs and outputs stay. */
  readonly fleet: Fleet;
  /** The customer's. Default: S3's own. */
  readonly key?: IKey | undefined;
}

/** Files of tasks, what they read and what they made, and their large inputs and outputs. Private, kept when the stack goes. */
export class ArtifactsBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { fleet, key }: ArtifactsBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      // One data key for many objects, so that KMS is not asked for each.
      ...(key
        ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      enforceSSL: true,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: ABORT_UPLOADS_AFTER },
        ...offloadRules(fleet),
      ],
    });
    acknowledge(
      this,
      'S1',
      'Who reads what is a matter of the account: its CloudTrail has data events for it.',
    );
  }
}
