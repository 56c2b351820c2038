import { createClients, type Endpoints } from '@taskfleet/toolbox/aws';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { ProvisionError } from '../errors.ts';
import type { StackOutputs } from '../outputs.ts';
import { LOCAL_REGION } from './provision/provisionedStack.ts';
import { provisionTemplate } from './provision/provisionTemplate.ts';
import type { SynthesizedStack } from './synthesize.ts';

export interface ProvisionFleetOptions {
  readonly fleet: Fleet;
  /** All four are needed: without one, a client would go to AWS. */
  readonly endpoints: Endpoints;
  /** Gives the fleet's template. Default: it is synthesized. */
  readonly synthesize?: ((fleet: Fleet) => Promise<SynthesizedStack>) | undefined;
}

const SERVICES = ['sns', 'sqs', 's3', 'dynamodb'] as const satisfies (keyof Endpoints)[];

/**
 * Puts the stack of a fleet, stage `local`, on emulators that run. May be repeated: see provisionTemplate. Throws
 * ProvisionError, DriftError, and DefinitionError for a fleet that makes no stack.
 */
export async function provisionFleet(options: ProvisionFleetOptions): Promise<StackOutputs> {
  const { fleet, endpoints, synthesize = synthesizeNow } = options;
  const missing = SERVICES.filter((service) => !endpoints[service]);
  if (missing.length > 0) {
    throw new ProvisionError(`endpoints: expected an emulator's address for ${missing.join(', ')}`);
  }
  const clients = createClients({ region: LOCAL_REGION, endpoints });
  try {
    return await provisionTemplate(await synthesize(fleet), clients);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

/** The CDK takes longer to load than all the rest: only who needs it loads it. */
async function synthesizeNow(fleet: Fleet): Promise<SynthesizedStack> {
  const { synthesize } = await import('./synthesize.ts');
  return synthesize(fleet);
}
