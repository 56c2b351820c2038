import { LOCAL_REGION } from '@taskfleet/infra/local';
import { resolve } from '../../../infra/local/provision/resolve.ts';
import type { DeployedStage } from '../rehearsal.ts';
import { DeployError } from '../errors.ts';
import { arnOf } from '../template/fillIn.ts';

/** A resource as the stack has it, its properties worked out. */
export interface DeployedResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Works values of a deployed stage's template out, as CloudFormation has to. */
export function deployedTemplate({ assembly, physicalIds }: DeployedStage, accountId: string) {
  const { template } = assembly;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': LOCAL_REGION,
    'AWS::AccountId': accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const ref = (name: string) => pseudo[name] ?? physicalIds.get(name) ?? missing(name);
  const attribute = (id: string, name: string) => {
    const type = template.Resources[id]?.Type ?? '';
    if (name === 'QueueName') return ref(id).split('/').at(-1) ?? missing(`${id}.${name}`);
    return arnOf({ accountId, region: LOCAL_REGION }, type, ref(id)) ?? missing(`${id}.${name}`);
  };
  const valueOf = (value: unknown, path: string) => resolve(value, { ref, attribute }, path);
  return {
    valueOf,
    /** All of one type, but for those that the emulator cannot make; of their properties those named. */
    all: (type: string, names: readonly string[]): readonly DeployedResource[] =>
      Object.entries(template.Resources).flatMap(([logicalId, { Type, Properties }]) => {
        if (Type !== type || assembly.removed.includes(logicalId)) return [];
        const named = Object.entries(Properties).filter(([name]) => names.includes(name));
        const properties = valueOf(Object.fromEntries(named), logicalId);
        return [{ logicalId, physicalId: ref(logicalId), properties } as DeployedResource];
      }),
  };
}

export type DeployedTemplate = ReturnType<typeof deployedTemplate>;

function missing(name: string): never {
  throw new DeployError(`the deployed stack has no ${name}`);
}
