import { LOCAL_REGION, type StackOutputs } from '@taskfleet/infra/local';
import { createClients, type Endpoints } from '@taskfleet/toolbox/aws';
import { provisionTemplate } from '../../infra/local/provision/provisionTemplate.ts';
import type { Sight } from './checks/seeStack.ts';
import { fillIn, type PhysicalIds } from './template/fillIn.ts';
import type { Template } from './template/template.ts';

/** What local mode makes itself, and programs cannot do without. */
const MAKEABLE = new Set([
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
]);

export interface CompleteStackOptions {
  readonly template: Template;
  readonly stackName: string;
  readonly physicalIds: PhysicalIds;
  readonly sight: Pick<Sight, 'missing' | 'without'>;
  readonly accountId: string;
  readonly endpoints: Endpoints;
}

export interface Completed {
  /** Logical ids of what was made, or mended. */
  readonly made: readonly string[];
  /** Outputs that are known now: those that name only what was made are new. */
  readonly outputs: StackOutputs;
}

/** Makes what the emulator left out of a deployed stack, from the same template and with local mode's provisioners. */
export async function completeStack(options: CompleteStackOptions): Promise<Completed> {
  const { template, stackName, endpoints, sight } = options;
  const typeOf = (logicalId: string) => template.Resources[logicalId]?.Type ?? '';
  // One without its filter gets everybody's tasks: the only resource whose properties decide where a message goes.
  const unfiltered = sight.without
    .map(({ logicalId }) => logicalId)
    .filter((logicalId) => typeOf(logicalId) === 'AWS::SNS::Subscription');
  const missing = sight.missing.filter((logicalId) => MAKEABLE.has(typeOf(logicalId)));
  const made = [...new Set([...missing, ...unfiltered])];
  if (made.length === 0) return { made, outputs: {} };
  const rest = fillIn({ ...options, wanted: made, region: LOCAL_REGION });
  const clients = createClients({ region: LOCAL_REGION, endpoints });
  try {
    return { made, outputs: await provisionTemplate({ stackName, template: rest }, clients) };
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
