import {
  DefinitionError,
  type Fleet,
  offloadDays,
  offloadLifetimes,
  WAITING_DAYS,
} from '@taskfleet/toolbox/contract';
import type { LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';

/** S3 takes 1,000 rules (docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html); two are no retention's, and some are for what waits. */
const MOST_PREFIXES = 998 - WAITING_DAYS.length;

/**
 * Lifecycle rules that end the large values of a fleet's tasks when their records end, without a sweeper. Pure. Throws
 * DefinitionError when the tasks have more different retentions than S3 takes rules.
 */
export function offloadRules({ workers }: Fleet): LifecycleRule[] {
  const taskDays = new Set(workers.flatMap(({ tasks }) => tasks.map(offloadDays)));
  if (taskDays.size > MOST_PREFIXES) {
    throw new DefinitionError('bucket', [
      `expected tasks of at most ${MOST_PREFIXES} different retentions, because S3 takes 1000 lifecycle rules, ` +
        `got ${taskDays.size}; let tasks share retentions`,
    ]);
  }
  return offloadLifetimes(workers).map(({ prefix, days }) => ({
    prefix,
    expiration: Duration.days(days),
  }));
}
