import { FLEET_OUTPUTS } from '../outputs.ts';
import { idOf, resourceOf, resourcesOf, type Rule } from './rule.ts';

/** Of a FIFO topic (docs.aws.amazon.com/general/latest/gr/sns.html). */
const MOST_SUBSCRIPTIONS = 100;

/** The 101st would fail in the middle of a deployment. */
export const topicFeedsItsSubscriptions: Rule = (synthesized) => {
  const { id } = resourceOf(synthesized, FLEET_OUTPUTS.topicArn);
  const count = resourcesOf(synthesized, 'AWS::SNS::Subscription').filter(
    ({ properties }) => idOf(properties['TopicArn']) === id,
  ).length;
  if (count <= MOST_SUBSCRIPTIONS) return [];
  return [
    `${id}: expected at most ${MOST_SUBSCRIPTIONS} subscriptions of a FIFO topic, got ${count}; ` +
      'give workers with little to do one contract, or split the fleet in two',
  ];
};
