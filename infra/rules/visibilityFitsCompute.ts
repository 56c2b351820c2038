import { PLATFORM_LEASE_SECONDS, visibilitySeconds } from '@taskfleet/toolbox/contract';
import { type Found, numberOf, type Rule } from './rule.ts';
import { queuesOf, queuesOfAll } from './serviceQueues.ts';

/** SQS's default (docs.aws.amazon.com, SQS visibility timeout). */
const USUAL_SECONDS = 30;

/** A message that comes back while its holder takes the lease for its own is run beside it, and its claim is lost. */
export const visibilityFitsCompute: Rule = (synthesized) => [
  ...synthesized.fleet.workers.flatMap((worker) => {
    const isFargate = worker.compute.kind === 'fargate';
    const why = isFargate ? 'the lease' : "six times the function's timeout";
    const change = isFargate ? 'the lease' : 'the timeLimit of its tasks';
    const wanted = { seconds: visibilitySeconds(worker), why, change };
    return queuesOf(synthesized, worker).flatMap((queue) => tooShort(queue, wanted));
  }),
  ...queuesOfAll(synthesized).flatMap((queue) =>
    tooShort(queue, {
      seconds: PLATFORM_LEASE_SECONDS,
      why: 'the lease of the platform',
      change: 'PLATFORM_LEASE_SECONDS',
    }),
  ),
];

interface Wanted {
  readonly seconds: number;
  readonly why: string;
  readonly change: string;
}

function tooShort(queue: Found, { seconds, why, change }: Wanted): string[] {
  const visibility = numberOf(queue, 'VisibilityTimeout', USUAL_SECONDS);
  if (visibility >= seconds) return [];
  return [
    `${queue.id}: expected a VisibilityTimeout of at least ${seconds} seconds, ${why}, got ${visibility}; ` +
      `raise it, or shorten ${change}`,
  ];
}
