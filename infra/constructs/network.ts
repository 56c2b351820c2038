import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  type SecurityGroupProps,
  type SubnetConfiguration,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface NetworkProps {
  /** An existing VPC, whose private subnets can reach AWS. Default: a small one of the stage's own. */
  readonly vpcId?: string | undefined;
  /** Whether something of it is to be reached from outside, or to reach the internet. Default: nothing. */
  readonly isPublic?: boolean;
}

/**
 * What containers call beside S3 and DynamoDB, whose gateways cost nothing. Each endpoint costs about $7.30 a month in each of the
 * two zones, idle or not ($0.01 an hour, us-east-1, aws.amazon.com/privatelink/pricing, November 2026): $73 in all.
 */
const ENDPOINTS = {
  Queues: InterfaceVpcEndpointAwsService.SQS,
  Topic: InterfaceVpcEndpointAwsService.SNS,
  Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  Images: InterfaceVpcEndpointAwsService.ECR,
  ImageLayers: InterfaceVpcEndpointAwsService.ECR_DOCKER,
} as const;

/** With sizes, so that those subnets which are there keep their addresses when others come. */
const SERVICES: SubnetConfiguration = {
  name: 'Services',
  subnetType: SubnetType.PRIVATE_ISOLATED,
  cidrMask: 20,
};
const ENTRANCE: SubnetConfiguration = {
  name: 'Entrance',
  subnetType: SubnetType.PUBLIC,
  cidrMask: 24,
  mapPublicIpOnLaunch: false,
};

/** Where containers run: no way in, and out only to AWS. */
export class Network extends Construct {
  readonly vpc: IVpc;
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, { vpcId, isPublic = false }: NetworkProps) {
    super(scope, id);
    // The CDK's own class does not fit its interface under exactOptionalPropertyTypes.
    this.vpc = (
      vpcId === undefined ? this.#ownVpc(isPublic) : Vpc.fromLookup(this, 'Existing', { vpcId })
    ) as IVpc;
    this.securityGroup = outToTls(this, 'Services', {
      vpc: this.vpc,
      description: 'Services of a Taskfleet stage: nothing may connect to them',
    });
  }

  /** Two zones and no NAT gateway; a way to the internet only where there is one from it. */
  #ownVpc(isPublic: boolean): Vpc {
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [SERVICES, ...(isPublic ? [ENTRANCE] : [])],
      restrictDefaultSecurityGroup: true,
    });
    vpc.addGatewayEndpoint('Table', { service: GatewayVpcEndpointAwsService.DYNAMODB });
    vpc.addGatewayEndpoint('Files', { service: GatewayVpcEndpointAwsService.S3 });
    acknowledge(
      vpc,
      'VPC7',
      'Services call AWS, which logs it, and what their contracts say; flow logs are billed by the GB.',
    );
    acknowledge(
      vpc,
      'EC23',
      'The endpoints are open to addresses of this VPC alone; the rule cannot read that.',
    );
    for (const [name, service] of Object.entries(ENDPOINTS)) {
      vpc.addInterfaceEndpoint(name, { service });
    }
    return vpc;
  }
}

/** May connect to what speaks TLS: AWS, and an issuer of tokens. */
export function outToTls(
  scope: Construct,
  id: string,
  props: Pick<SecurityGroupProps, 'vpc' | 'description'>,
): SecurityGroup {
  const group = new SecurityGroup(scope, id, { ...props, allowAllOutbound: false });
  group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'AWS, with TLS');
  return group;
}

/** May connect to what speaks TLS, AWS above all, and to these ports of anybody. */
export function outToInternet(
  scope: Construct,
  id: string,
  { ports, ...props }: Pick<SecurityGroupProps, 'vpc' | 'description'> & InternetPorts,
): SecurityGroup {
  const group = outToTls(scope, id, props);
  for (const port of ports.filter((one) => one !== 443)) {
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(port), 'Said by the contract of the worker');
  }
  return group;
}

interface InternetPorts {
  /** TCP. */
  readonly ports: readonly number[];
}
