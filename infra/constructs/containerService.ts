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
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import { type ISecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
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
  /** Names of the parameters with values that are secret, by variable. Default: none. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** What it connects to beside AWS. Default: nothing. */
  readonly outlet?: Outlet | undefined;
  /** Where it is reached. Default: nowhere. */
  readonly entrance?: Entrance | undefined;
  /** That its log is kept with. Default: CloudWatch's own. */
  readonly key?: IKey | undefined;
}

/** What lets a service connect to others. */
export interface Outlet {
  readonly securityGroup: ISecurityGroup;
  readonly hasPublicAddress: boolean;
}

/** What lets others connect to a service. */
export interface Entrance extends Outlet {
  readonly port: number;
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
    const { site, compute, statements, desiredCount, entrance, outlet = entrance } = props;
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
      ...placement(outlet),
      securityGroups: [outlet?.securityGroup ?? site.network.securityGroup],
      capacityProviderStrategies: [
        { capacityProvider: compute.spot ? 'FARGATE_SPOT' : 'FARGATE', weight: 1 },
      ],
      circuitBreaker: { enable: true, rollback: true },
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
    });
  }

  #addContainer(task: FargateTaskDefinition, props: ContainerServiceProps): void {
    const { image, environment, entrance, secrets = {} } = props;
    const container = task.addContainer(MAIN_CONTAINER, {
      image: image(this),
      environment: {
        ...environment,
        AWS_REGION: Aws.REGION,
        TASKFLEET_GRACE_SECONDS: String(GRACE_SECONDS),
      },
      secrets: secretsIn(this, secrets),
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

/** ECS reads them with the role that starts the container: the handlers have no right to. */
function secretsIn(
  scope: Construct,
  parameters: Readonly<Record<string, string>>,
): Record<string, Secret> {
  return Object.fromEntries(
    Object.entries(parameters).map(([variable, parameterName]) => {
      const parameter = StringParameter.fromSecureStringParameterAttributes(scope, variable, {
        parameterName,
      });
      return [variable, Secret.fromSsmParameter(parameter)];
    }),
  );
}

function placement(outlet: Outlet | undefined) {
  if (!outlet?.hasPublicAddress) return { assignPublicIp: false };
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
