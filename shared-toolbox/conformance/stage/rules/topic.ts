import { type Check, kept } from '../check.ts';
import type { StageSeen } from '../observe/stage.ts';
import type { Place } from '../place.ts';
import { checkAttributes, type Expectation } from './attributes.ts';
import { examine, part } from './judge.ts';

/** As infra/constructs/topic.ts declares it. */
const TOPIC: readonly Expectation[] = [
  { rule: 'is FIFO', attribute: 'FifoTopic', expected: 'true' },
  {
    rule: 'no deduplication by content',
    attribute: 'ContentBasedDeduplication',
    expected: 'false',
  },
  { rule: 'throughput scope', attribute: 'FifoThroughputScope', expected: 'MessageGroup' },
];

/** The topic itself, and whether processes take it for gone. */
export function checkTopic({ topic, outage }: StageSeen, place: Place): Check[] {
  const subject = 'topic';
  const command = (name: string, value: string) =>
    `aws sns set-topic-attributes --topic-arn ${topic.arn} --attribute-name ${name} --attribute-value ${value}`;
  return [
    ...examine(subject, topic.attributes, place, (attributes) =>
      checkAttributes({ subject, attributes, place, expectations: TOPIC, command }),
    ),
    part({ subject, rule: 'no breaker is open' }, outage, (told) => checkOutage(subject, told)),
  ];
}

function checkOutage(subject: string, outage: { readonly reason: string } | undefined): Check {
  const rule = 'no breaker is open';
  if (!outage) return kept(subject, rule);
  return {
    subject,
    rule,
    verdict: 'error',
    cause: `a process takes the topic for gone: ${outage.reason}`,
    mend: 'docs/operations.md, Breaker open',
  };
}
