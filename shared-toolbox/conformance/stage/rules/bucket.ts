import { type OffloadLifetime, offloadLifetimes, type Worker } from '../../../contract/index.ts';
import type { Check } from '../check.ts';
import type { BucketSeen, LifecycleSeen } from '../observe/bucket.ts';
import { type Place, setBack } from '../place.ts';
import { examine, judge, part, unlessLocal } from './judge.ts';

const subject = 'bucket';

export interface BucketToCheck {
  readonly bucket: BucketSeen;
  /** Whose tasks' retentions say how long large values stay. */
  readonly workers: readonly Pick<Worker, 'tasks'>[];
  readonly place: Place;
}

export function checkBucket(options: BucketToCheck): readonly Check[] {
  const { bucket, place } = options;
  return examine(subject, bucket.reached, place, () => [
    checkLifecycle(options),
    checkPrivacy(bucket, place),
    checkEncryption(bucket, place),
  ]);
}

function checkLifecycle({ bucket, workers, place }: BucketToCheck): Check {
  const rule = { subject, rule: 'lifecycle' };
  return unlessLocal(place, rule, 'the emulator keeps rules and never acts on them', () =>
    part(rule, bucket.lifecycle, (seen) => {
      const missing = missingLifetimes(offloadLifetimes(workers), seen);
      return judge({
        ...rule,
        isKept: missing.length === 0,
        cause: `no rule ${missing.join(', or ')}: large values stay longer than their tasks, and are billed`,
        mend: setBack(
          place,
          `aws s3api put-bucket-lifecycle-configuration --bucket ${bucket.name} …`,
        ),
      });
    }),
  );
}

function missingLifetimes(
  wanted: readonly OffloadLifetime[],
  { lifetimes, endsUploads }: LifecycleSeen = { lifetimes: [], endsUploads: false },
): string[] {
  const isThere = ({ prefix, days }: OffloadLifetime) =>
    lifetimes.some((rule) => rule.prefix === prefix && rule.days === days);
  return [
    ...wanted
      .filter((lifetime) => !isThere(lifetime))
      .map(({ prefix, days }) => `ends ${prefix} after ${days} days`),
    ...(endsUploads ? [] : ['ends broken uploads']),
  ];
}

function checkPrivacy({ name, isPrivate }: BucketSeen, place: Place): Check {
  const rule = { subject, rule: 'no public access' };
  return unlessLocal(place, rule, 'the emulator checks no access', () =>
    part(rule, isPrivate, (blocked) =>
      judge({
        ...rule,
        isKept: blocked === true,
        cause: 'public access is not blocked in all four ways',
        mend: setBack(
          place,
          `aws s3api put-public-access-block --bucket ${name} --public-access-block-configuration ` +
            'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
        ),
      }),
    ),
  );
}

function checkEncryption({ name, encryption }: BucketSeen, place: Place): Check {
  const rule = { subject, rule: 'encryption' };
  return unlessLocal(place, rule, 'the emulator encrypts nothing', () =>
    part(rule, encryption, (algorithm) =>
      judge({
        ...rule,
        isKept: algorithm === 'AES256',
        cause: `expected AES256, got ${algorithm ?? 'none'}`,
        mend: setBack(place, `aws s3api put-bucket-encryption --bucket ${name} …`),
      }),
    ),
  );
}
