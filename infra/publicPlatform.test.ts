import { Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Environment } from 'aws-cdk-lib/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './createApp.ts';
import { exampleFleet } from './exampleFleet.ts';
import { FleetStack } from './fleetStack.ts';
import type { PublicAccess } from './publicAccess.ts';

const KEYS_ONLY: PublicAccess = {
  domain: 'tasks.example.com',
  certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b',
};
const WITH_ISSUER: PublicAccess = {
  ...KEYS_ONLY,
  issuer: { address: 'https://id.example.com', audience: 'taskfleet', clientId: 'web' },
};

interface Place {
  readonly context?: Record<string, unknown>;
  readonly env?: Environment;
  readonly vpcId?: string;
}

function templateOf(
  publicAccess: PublicAccess | undefined,
  { context = {}, env, vpcId }: Place = {},
): Template {
  const app = createApp({ builtinCloudFormationValidation: false, context });
  const functions = () => Code.fromInline('export const handler = 1');
  const images = (service: string) => ContainerImage.fromRegistry(`registry/${service}:1`);
  const compute = { images, functions, publicAccess, vpcId };
  const stage = { fleet: exampleFleet(), stage: 'dev', compute, ...(env && { env }) };
  return Template.fromStack(new FleetStack(app, 'Fleet', stage));
}

const resource = z.looseObject({ Properties: z.looseObject({}) });
const all = (template: Template, type: string) =>
  Object.entries(template.findResources(type)).map(([id, found]) =>
    Object.assign({ id }, resource.parse(found).Properties),
  );
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

let template: Template;
beforeAll(() => {
  template = templateOf(WITH_ISSUER);
});

describe('a public platform', () => {
  it('is behind a load balancer that keeps idle streams longer than they are silent', () => {
    expect(() =>
      template.hasResourceProperties(LOAD_BALANCER, {
        Scheme: 'internet-facing',
        LoadBalancerAttributes: Match.arrayWith([
          { Key: 'idle_timeout.timeout_seconds', Value: '60' },
          { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
        ]),
      }),
    ).not.toThrow();
  });

  it('answers HTTPS alone, under its domain alone', () => {
    expect(all(template, 'AWS::ElasticLoadBalancingV2::Listener')).toMatchObject([
      {
        Port: 443,
        Protocol: 'HTTPS',
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
        Certificates: [{ CertificateArn: KEYS_ONLY.certificateArn }],
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      },
    ]);
    expect(() =>
      template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
        Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: [KEYS_ONLY.domain] } }],
        Actions: [Match.objectLike({ Type: 'forward' })],
      }),
    ).not.toThrow();
  });

  it('is taken for well as long as its process lives', () => {
    expect(() =>
      template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
        HealthCheckPath: '/healthz',
        Port: 8_484,
        TargetType: 'ip',
      }),
    ).not.toThrow();
  });

  it('is the only service that anything may connect to, and only the load balancer may', () => {
    const groups = all(template, 'AWS::EC2::SecurityGroup');
    const idOf = (said: string) =>
      groups.find((group) => JSON.stringify(group).includes(said))?.id ?? '';
    const [outside, platform] = [idOf('everybody may connect'), idOf('its load balancer may')];
    const groupId = (id: string) => ({ 'Fn::GetAtt': [id, 'GroupId'] });
    expect(all(template, 'AWS::EC2::SecurityGroupIngress')).toMatchObject([
      {
        GroupId: groupId(platform),
        SourceSecurityGroupId: groupId(outside),
        FromPort: 8_484,
        ToPort: 8_484,
      },
    ]);
    expect(all(template, 'AWS::EC2::SecurityGroupEgress')).toMatchObject([
      { GroupId: groupId(outside), DestinationSecurityGroupId: groupId(platform) },
    ]);
    const open = groups.filter((group) => JSON.stringify(group).includes('SecurityGroupIngress'));
    expect(open.map(({ id }) => id).filter((id) => !id.includes('Vpc'))).toEqual([outside]);
    const services = all(template, 'AWS::ECS::Service');
    const reached = services.filter((service) => JSON.stringify(service).includes(platform));
    expect(reached).toHaveLength(1);
    expect(reached[0]).toHaveProperty('LoadBalancers', [
      expect.objectContaining({ ContainerName: 'Main', ContainerPort: 8_484 }),
    ]);
  });

  it('tells its container whom to believe', () => {
    expect(() =>
      template.hasResourceProperties('AWS::ECS::TaskDefinition', {
        ContainerDefinitions: [
          Match.objectLike({
            Image: 'registry/platform:1',
            PortMappings: [{ ContainerPort: 8_484, Protocol: 'tcp' }],
            Environment: Match.arrayWith([
              { Name: 'PORT', Value: '8484' },
              { Name: 'TASKFLEET_PROXIES', Value: '1' },
              { Name: 'TASKFLEET_API_KEYS', Value: 'on' },
              { Name: 'TASKFLEET_OIDC_ISSUER', Value: 'https://id.example.com' },
              { Name: 'TASKFLEET_OIDC_AUDIENCE', Value: 'taskfleet' },
              { Name: 'TASKFLEET_OIDC_CLIENT_ID', Value: 'web' },
            ]),
          }),
        ],
      }),
    ).not.toThrow();
  });

  it('reaches its issuer from an address of its own; workers have none', () => {
    const addresses = (of: Template) =>
      all(of, 'AWS::ECS::Service').map((service) => JSON.stringify(service).includes('ENABLED'));
    expect(addresses(template).filter(Boolean)).toHaveLength(1);
    expect(addresses(templateOf(KEYS_ONLY))).not.toContain(true);
  });

  it('is refused in a network without public subnets', () => {
    const env = { account: '123456789012', region: 'eu-central-1' };
    const lookup = `vpc-provider:account=${env.account}:filter.vpc-id=vpc-1:region=${env.region}:returnAsymmetricSubnets=true`;
    const network = { vpcId: 'vpc-1', vpcCidrBlock: '10.0.0.0/16', availabilityZones: [] };
    const subnetGroups = [{ name: 'Private', type: 'Private', subnets: [] }];
    const context = { [lookup]: { ...network, subnetGroups } };
    expect(() => templateOf(KEYS_ONLY, { context, env, vpcId: 'vpc-1' })).toThrow(
      /^context: vpc: a public platform needs a network with public subnets, got one without/,
    );
  });

  it('writes access logs where it is told', () => {
    expect(JSON.stringify(all(template, LOAD_BALANCER))).not.toContain('access_logs');
    expect(() =>
      templateOf({ ...KEYS_ONLY, accessLogs: 'acme-logs' }).hasResourceProperties(LOAD_BALANCER, {
        LoadBalancerAttributes: Match.arrayWith([
          { Key: 'access_logs.s3.enabled', Value: 'true' },
          { Key: 'access_logs.s3.bucket', Value: 'acme-logs' },
        ]),
      }),
    ).not.toThrow();
  });

  it('moves no subnet of an internal one, and names where its domain leads', () => {
    const internal = templateOf(undefined);
    const subnets = (of: Template) =>
      all(of, 'AWS::EC2::Subnet').map(({ id, ...subnet }) => [id, JSON.stringify(subnet)]);
    expect(subnets(template)).toEqual(expect.arrayContaining(subnets(internal)));
    expect(Object.keys(template.findOutputs('PlatformEntrance'))).toHaveLength(1);
    expect(internal.findOutputs('PlatformEntrance')).toEqual({});
    expect(() => internal.resourceCountIs(LOAD_BALANCER, 0)).not.toThrow();
  });
});
