import {
  DefinitionError,
  type Fleet,
  LONGEST_OFFLOAD_DAYS,
  OFFLOAD_ROOT,
  offloadDays,
  offloadPrefix,
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
export function offloadRules({ tasks }: Fleet): LifecycleRule[] {
  const taskDays = new Set([...tasks.values()].map(offloadDays));
  if (taskDays.size > MOST_PREFIXES) {
    throw new DefinitionError('bucket', [
      `expected tasks of at most ${MOST_PREFIXES} different retentions, because S3 takes 1000 lifecycle rules, ` +
        `got ${taskDays.size}; let tasks share retentions`,
    ]);
  }
  const days = [...new Set([...taskDays, ...WAITING_DAYS])].toSorted((a, b) => a - b);
  return [...days.map((count) => expire(offloadPrefix(count), count)), LEFTOVERS];
}

/**
 * What was stored for a retention that no task has any more, since it was changed. Where several rules fit, S3 takes the earliest
 * end, so that this one shortens nothing.
 */
const LEFTOVERS = expire(OFFLOAD_ROOT, LONGEST_OFFLOAD_DAYS);

function expire(prefix: string, days: number): LifecycleRule {
  return { prefix, expiration: Duration.days(days) };
}
