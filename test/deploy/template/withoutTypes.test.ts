import { describe, expect, it } from 'vitest';
import { templateSchema } from './template.ts';
import { withoutTypes } from './withoutTypes.ts';

const template = templateSchema.parse({
  Parameters: { BootstrapVersion: {} },
  Resources: {
    Policy: { Type: 'Policy', Properties: { For: { 'Fn::Sub': '${Target.Name}/x' } } },
    Target: {
      Type: 'Target',
      Properties: { Id: { 'Fn::Join': ['/', ['a', { Ref: 'Address' }]] } },
    },
    Address: { Type: 'Address' },
    Service: { Type: 'Service', Properties: { Name: 's' }, DependsOn: ['Address', 'Role'] },
    Role: { Type: 'Role', DeletionPolicy: 'Retain' },
  },
  Outputs: {
    Policy: { Value: { 'Fn::GetAtt': ['Policy', 'Arn'] } },
    Service: { Value: { Ref: 'Service' } },
  },
});

describe('withoutTypes', () => {
  it('takes out the types, what refers to them at any distance, and outputs of it', () => {
    const { template: reduced, removed } = withoutTypes(template, ['Address']);
    expect(removed.toSorted()).toEqual(['Address', 'Policy', 'Target']);
    expect(Object.keys(reduced.Resources)).toEqual(['Service', 'Role']);
    expect(Object.keys(reduced.Outputs)).toEqual(['Service']);
    expect(reduced['Parameters']).toEqual({ BootstrapVersion: {} });
  });

  it('takes out an order, not the resource that is ordered', () => {
    const { template: reduced } = withoutTypes(template, ['Address']);
    expect(reduced.Resources['Service']).toMatchObject({ DependsOn: ['Role'] });
  });

  it('changes nothing where the emulator knows every type', () => {
    expect(withoutTypes(template, [])).toEqual({ template, removed: [] });
  });
});
