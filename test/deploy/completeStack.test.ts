import { ListSubscriptionsByTopicCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { type LocalStack, startStack } from '@taskfleet/infra/local';
import { sumFleet } from '../fixtures/sumFleet.ts';
import { clientsOf, resourcesOf } from '../fixtures/startParts.ts';
import { synthesize } from '../../infra/local/synthesize.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeStack } from './completeStack.ts';
import { type Template, templateSchema } from './template/template.ts';

let stack: LocalStack;
let template: Template;
let stackName: string;
beforeAll(async () => {
  stack = await startStack({ fleet: sumFleet });
  const synthesized = await synthesize(sumFleet);
  ({ stackName } = synthesized);
  template = templateSchema.parse(synthesized.template);
});
afterAll(async () => stack.stop());

/** As the stack would list what is there: outputs name all but subscriptions and policies. */
function physicalIds(): Map<string, string> {
  const ofOutputs = Object.entries(template.Outputs).flatMap(([name, { Value }]) => {
    const value = Value as { readonly Ref?: string };
    return value.Ref === undefined ? [] : [[value.Ref, stack.outputs[name] ?? ''] as const];
  });
  return new Map(ofOutputs);
}

async function subscriptions() {
  const { sns } = clientsOf(stack);
  const { topicArn } = resourcesOf(stack);
  const command = new ListSubscriptionsByTopicCommand({ TopicArn: topicArn });
  return { sns, found: (await sns.send(command)).Subscriptions ?? [] };
}

describe('completeStack', () => {
  it('subscribes queues that a deployment left alone, on the topic and queues that it made', async () => {
    const { sns, found: before } = await subscriptions();
    for (const { SubscriptionArn } of before) {
      await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    }
    const missing = Object.keys(template.Resources).filter((id) => !physicalIds().has(id));
    const { made, outputs } = await completeStack({
      template,
      stackName,
      physicalIds: physicalIds(),
      sight: { missing, without: [] },
      accountId: '000000000000',
      endpoints: stack.endpoints,
    });
    expect(made).toHaveLength(before.length);
    expect(outputs).toEqual(stack.outputs);
    const { found: after } = await subscriptions();
    const endpointsOf = (all: typeof after) => all.map(({ Endpoint }) => Endpoint).toSorted();
    expect(endpointsOf(after)).toEqual(endpointsOf(before));
  });

  it('makes nothing where nothing is missing', async () => {
    const sight = { missing: [], without: [] };
    const rest = { template, stackName, accountId: '000000000000', endpoints: stack.endpoints };
    const completed = await completeStack({ ...rest, physicalIds: physicalIds(), sight });
    expect(completed).toEqual({ made: [], outputs: {} });
  });
});
