import { DefinitionError } from '@taskfleet/toolbox/contract';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  ListenerAction,
  ListenerCertificate,
  ListenerCondition,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { PublicAccess } from '../publicAccess.ts';
import { acknowledge } from './acknowledge.ts';
import { type Entrance, MAIN_CONTAINER } from './containerService.ts';
import { type Network, outToTls } from './network.ts';

export interface PublicEntranceProps {
  readonly network: Network;
  readonly access: PublicAccess;
  /** Whether the network is one of the stage's own, without a way out. */
  readonly isOwnNetwork: boolean;
}

/** Where the platform listens in its container. */
export const PLATFORM_PORT = 8_484;

/**
 * Streams of events have a comment every 15 seconds, so that none is idle for this long. It is shorter than what Fastify keeps a connection
 * for (72 seconds): else the load balancer would use one that is about to close, and answer 502.
 */
const IDLE_SECONDS = 60;

/** A stream is cut when its container goes, and its client comes again elsewhere: longer waiting helps nobody. */
const DEREGISTRATION_SECONDS = 30;

/** From the internet to the platform: HTTPS alone, under the domain alone. Throws DefinitionError for a network without public subnets. */
export class PublicEntrance extends Construct {
  /** What the platform's service is to be made with. */
  readonly platform: Entrance;
  readonly #balancer: ApplicationLoadBalancer;
  readonly #props: PublicEntranceProps;

  constructor(scope: Construct, id: string, props: PublicEntranceProps) {
    super(scope, id);
    this.#props = props;
    const { network, access, isOwnNetwork } = props;
    const { vpc } = network;
    if (vpc.publicSubnets.length === 0) {
      throw new DefinitionError('context', [
        'vpc: a public platform needs a network with public subnets, got one without; choose another, or -c platform=internal',
      ]);
    }
    const outside = new SecurityGroup(this, 'Outside', {
      vpc,
      description: 'Load balancer of a Taskfleet stage: everybody may connect, with TLS',
      allowAllOutbound: false,
    });
    outside.addIngressRule(Peer.anyIpv4(), Port.tcp(443), 'Everybody, with TLS');
    acknowledge(outside, 'EC23', 'A public platform was asked for; it answers nobody unknown.');
    const securityGroup = outToTls(this, 'Platform', {
      vpc,
      description: 'Platform of a Taskfleet stage: its load balancer may connect',
    });
    this.#balancer = new ApplicationLoadBalancer(this, 'Balancer', {
      vpc,
      internetFacing: true,
      securityGroup: outside,
      idleTimeout: Duration.seconds(IDLE_SECONDS),
      dropInvalidHeaderFields: true,
    });
    this.#writeLogs(access.accessLogs);
    // The keys of an issuer are on the internet: an address costs a ninth of a NAT gateway, and the group lets nobody but us in.
    const hasPublicAddress = isOwnNetwork && access.issuer !== undefined;
    this.platform = { port: PLATFORM_PORT, securityGroup, hasPublicAddress };
  }

  /** Name that the domain has to lead to. */
  get address(): string {
    return this.#balancer.loadBalancerDnsName;
  }

  /** Lets in whoever asks for the domain; others are answered 404 by the load balancer itself. */
  leadTo(platform: FargateService): void {
    const { access, network } = this.#props;
    const targets = new ApplicationTargetGroup(this, 'Containers', {
      vpc: network.vpc,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: PLATFORM_PORT,
      targets: [
        platform.loadBalancerTarget({
          containerName: MAIN_CONTAINER,
          containerPort: PLATFORM_PORT,
        }),
      ],
      deregistrationDelay: Duration.seconds(DEREGISTRATION_SECONDS),
      // Not /readyz: a platform without its table is the same platform when ECS has replaced it.
      healthCheck: {
        path: '/healthz',
        interval: Duration.seconds(15),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });
    const listener = this.#balancer.addListener('Https', {
      port: 443,
      open: false,
      protocol: ApplicationProtocol.HTTPS,
      sslPolicy: SslPolicy.TLS13_RES,
      certificates: [ListenerCertificate.fromArn(access.certificateArn)],
      defaultAction: ListenerAction.fixedResponse(404),
    });
    listener.addAction('Domain', {
      priority: 1,
      conditions: [ListenerCondition.hostHeaders([access.domain])],
      action: ListenerAction.forward([targets]),
    });
  }

  #writeLogs(bucket: string | undefined): void {
    if (bucket === undefined) {
      const why = 'The platform audits what changes the fleet; -c accessLogs=… writes logs, too.';
      acknowledge(this.#balancer, 'ELB2', why);
      return;
    }
    // By attributes, because the CDK would write the policy of a bucket that is not ours.
    this.#balancer.setAttribute('access_logs.s3.enabled', 'true');
    this.#balancer.setAttribute('access_logs.s3.bucket', bucket);
  }
}
