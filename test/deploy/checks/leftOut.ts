import type { Fleet } from '@taskfleet/toolbox/contract';
import type { Assembly } from '../assembly.ts';
import { DeployError } from '../errors.ts';

type Properties = Readonly<Record<string, unknown>>;

/** What is to be in the template of a type that the emulator cannot make. */
const IN_TEMPLATE: Readonly<Record<string, (fleet: Fleet) => object>> = {
  'AWS::ECS::ClusterCapacityProviderAssociations': () => ({
    CapacityProviders: ['FARGATE', 'FARGATE_SPOT'],
  }),
  'AWS::ApplicationAutoScaling::ScalableTarget': (fleet) => ({
    ...oneOf(fleet, ({ min, max }) => ({ MinCapacity: min, MaxCapacity: max })),
    ScalableDimension: 'ecs:service:DesiredCount',
    ServiceNamespace: 'ecs',
  }),
  'AWS::ApplicationAutoScaling::ScalingPolicy': (fleet) => ({
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: oneOf(fleet, ({ backlogPerTask }) => ({
      TargetValue: backlogPerTask,
    })),
  }),
  'Custom::VpcRestrictDefaultSG': () => ({ Account: { Ref: 'AWS::AccountId' } }),
};

interface Scale {
  readonly min: number;
  readonly max: number;
  readonly backlogPerTask: number;
}

/** The rehearsed fleets have one worker in containers at most. */
function oneOf<T extends object>({ workers }: Fleet, from: (scale: Scale) => T): T | object {
  const [scale] = workers.flatMap(({ compute }) =>
    compute.kind === 'fargate' ? [compute.scale] : [],
  );
  return scale ? from(scale) : {};
}

/**
 * Sees in the template what the emulator cannot make. Resolves to what was seen. Throws DeployError where it is not as it has to be, and for what is left out without
 * anything that says what it has to be.
 */
export function checkLeftOut({ template, removed }: Assembly, fleet: Fleet): readonly string[] {
  for (const logicalId of removed) {
    const { Type = '', Properties = {} } = template.Resources[logicalId] ?? {};
    const expected = IN_TEMPLATE[Type]?.(fleet);
    if (!expected) throw new DeployError(`${logicalId} (${Type}) is deployed nowhere, nor checked`);
    if (has(Properties, expected)) continue;
    const [wanted, got] = [JSON.stringify(expected), JSON.stringify(Properties)];
    throw new DeployError(`${logicalId}: expected ${wanted} in the template, got ${got}`);
  }
  return removed;
}

/** Whether it has everything of the other, at any depth. */
function has(value: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return value === part;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(part).every(([key, inner]) => has((value as Properties)[key], inner));
}
