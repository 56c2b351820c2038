import { fleet } from '@taskfleet/fleet';
import { describe, expect, it } from 'vitest';
import { templateSchema } from '../template/template.ts';
import { checkLeftOut } from './leftOut.ts';

const [worker] = fleet.workers;
const scale = worker?.compute.kind === 'fargate' ? worker.compute.scale : { min: 0, max: 0 };

function assemblyWith(Type: string, Properties: object) {
  const template = templateSchema.parse({ Resources: { One: { Type, Properties } } });
  const nothing = { folder: '', stackName: '', unsupportedTypes: [], simplified: [], images: 0 };
  return { ...nothing, template, removed: ['One'] };
}

const target = {
  MinCapacity: scale.min,
  MaxCapacity: scale.max,
  ScalableDimension: 'ecs:service:DesiredCount',
  ServiceNamespace: 'ecs',
  ResourceId: { Ref: 'Service' },
};
const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';

describe('checkLeftOut', () => {
  it('sees in the template what the contract asks for', () => {
    expect(checkLeftOut(assemblyWith(TARGET, target), fleet)).toEqual(['One']);
  });

  it('refuses what differs from it', () => {
    const assembly = assemblyWith(TARGET, { ...target, MaxCapacity: scale.max + 1 });
    expect(() => checkLeftOut(assembly, fleet)).toThrow(/^One: expected .* in the template, got/);
  });

  it('refuses a type that nothing is known of', () => {
    const assembly = assemblyWith('AWS::Events::Rule', {});
    expect(() => checkLeftOut(assembly, fleet)).toThrow('deployed nowhere, nor checked');
  });
});
