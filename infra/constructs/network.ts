import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface NetworkProps {
  /** An existing VPC, whose private subnets can reach AWS. Default: a small one of the stage's own. */
  readonly vpcId?: string | undefined;
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

/** Where containers run: no way in, and out only to AWS. */
export class Network extends Construct {
  readonly vpc: IVpc;
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, { vpcId }: NetworkProps) {
    super(scope, id);
    // The CDK's own class does not fit its interface under exactOptionalPropertyTypes.
    this.vpc = (
      vpcId === undefined ? this.#ownVpc() : Vpc.fromLookup(this, 'Existing', { vpcId })
    ) as IVpc;
    this.securityGroup = new SecurityGroup(this, 'Services', {
      vpc: this.vpc,
      description: 'Services of a Taskfleet stage: nothing may connect to them',
      allowAllOutbound: false,
    });
    // Everything that they call is an AWS service, spoken to with TLS.
    this.securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'AWS, with TLS');
  }

  /** Two zones, no way to the internet and no NAT gateway. */
  #ownVpc(): Vpc {
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Services', subnetType: SubnetType.PRIVATE_ISOLATED }],
      restrictDefaultSecurityGroup: true,
    });
    vpc.addGatewayEndpoint('Table', { service: GatewayVpcEndpointAwsService.DYNAMODB });
    vpc.addGatewayEndpoint('Files', { service: GatewayVpcEndpointAwsService.S3 });
    acknowledge(
      vpc,
      'VPC7',
      'Nothing leaves it but to AWS, which logs its calls; flow logs are billed by the GB.',
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
