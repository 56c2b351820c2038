import type { FargateCompute } from '@taskfleet/toolbox/contract';
import {
  type ContainerImage,
  CpuArchitecture,
  FargateService,
  FargatePlatformVersion,
  FargateTaskDefinition,
  type ICluster,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { type ISecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { allow } from '../permissions/statements.ts';
import { acknowledge, acknowledgeWildcards } from './acknowledge.ts';
import type { Network } from './network.ts';
import { serviceLogs } from './serviceLogs.ts';

/** Where containers run. */
export interface Site {
  readonly network: Network;
  readonly cluster: ICluster;
}

export interface ContainerServiceProps {
  readonly site: Site;
  /** Given the scope that what it takes to pull it is made in. */
  readonly image: (scope: Construct) => ContainerImage;
  readonly compute: Pick<FargateCompute, 'cpu' | 'memory' | 'spot'>;
  /** What its programs read. */
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  /** Containers that always run; left out where scaling says how many. */
  readonly desiredCount?: number;
  /** Where it is reached. Default: nowhere. */
  readonly entrance?: Entrance | undefined;
  /** That its log is kept with. Default: CloudWatch's own. */
  readonly key?: IKey | undefined;
}

/** What lets others connect to a service. */
export interface Entrance {
  readonly port: number;
  readonly securityGroup: ISecurityGroup;
  readonly hasPublicAddress: boolean;
}

/**
 * The longest that ECS waits between SIGTERM and SIGKILL (docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html,
 * stopTimeout).
 */
const STOP_TIMEOUT_SECONDS = 120;

/** The rest is for a poll under way, and for what is recorded and given back after the grace. */
const GRACE_SECONDS = 90;

export const MAIN_CONTAINER = 'Main';

/** A service of containers on Fargate, with a role of its own, that replaces its containers one by one and goes back if they fail. */
export class ContainerService extends Construct {
  readonly service: FargateService;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ContainerServiceProps) {
    super(scope, id);
    const { site, compute, statements, desiredCount, entrance } = props;
    this.logGroup = serviceLogs(this, props.key);
    const taskDefinition = new FargateTaskDefinition(this, 'Task', {
      cpu: compute.cpu,
      memoryLimitMiB: compute.memory,
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.X86_64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
    });
    const own = [...statements, protectItself(site.cluster)];
    for (const statement of own) taskDefinition.addToTaskRolePolicy(statement);
    acknowledge(
      taskDefinition,
      'ECS2',
      'The variables are names and addresses of the stage; none is a secret.',
    );
    acknowledgeWildcards(
      taskDefinition,
      own.flatMap(({ resources }) => resources),
      "Keys of a prefix that is the service's own, indexes of the one table, containers of the cluster.",
    );
    this.#addContainer(taskDefinition, props);
    this.service = new FargateService(this, 'Service', {
      cluster: site.cluster,
      taskDefinition,
      ...(desiredCount !== undefined && { desiredCount }),
      // What "LATEST" stands for changes without a deployment.
      platformVersion: FargatePlatformVersion.VERSION1_4,
      ...placement(entrance),
      securityGroups: [entrance?.securityGroup ?? site.network.securityGroup],
      capacityProviderStrategies: [
        { capacityProvider: compute.spot ? 'FARGATE_SPOT' : 'FARGATE', weight: 1 },
      ],
      circuitBreaker: { enable: true, rollback: true },
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
    });
  }

  #addContainer(task: FargateTaskDefinition, props: ContainerServiceProps): void {
    const { image, environment, entrance } = props;
    const container = task.addContainer(MAIN_CONTAINER, {
      image: image(this),
      environment: {
        ...environment,
        AWS_REGION: Aws.REGION,
        TASKFLEET_GRACE_SECONDS: String(GRACE_SECONDS),
      },
      logging: LogDrivers.awsLogs({ logGroup: this.logGroup, streamPrefix: 'taskfleet' }),
      readonlyRootFilesystem: true,
      stopTimeout: Duration.seconds(STOP_TIMEOUT_SECONDS),
    });
    if (entrance) container.addPortMappings({ containerPort: entrance.port });
    // Native libraries write temporary files.
    task.addVolume({ name: 'tmp' });
    container.addMountPoints({ containerPath: '/tmp', sourceVolume: 'tmp', readOnly: false });
  }
}

function placement(entrance: Entrance | undefined) {
  if (!entrance?.hasPublicAddress) return { assignPublicIp: false };
  return { assignPublicIp: true, vpcSubnets: { subnetType: SubnetType.PUBLIC } };
}

/** A container may keep itself from being stopped while it runs tasks. Nobody knows its name beforehand. */
function protectItself({ clusterName }: ICluster): PolicyStatement {
  return allow({
    sid: 'ProtectItselfWhileItRunsTasks',
    actions: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
    resources: [`arn:${Aws.PARTITION}:ecs:${Aws.REGION}:${Aws.ACCOUNT_ID}:task/${clusterName}/*`],
  });
}
