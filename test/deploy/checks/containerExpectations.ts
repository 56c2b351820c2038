import { serviceEnvironment, type StackOutputs } from '@taskfleet/infra/local';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { pascalCase } from '../../../infra/outputs.ts';
import type { DeployedTemplate } from './deployedTemplate.ts';
import type { Expectation } from './expectation.ts';

export interface ContainerExpectationsOptions {
  readonly stage: string;
  readonly outputs: StackOutputs;
  /** By service. */
  readonly images: Readonly<Record<string, string>>;
  readonly fleet: Fleet;
}

const SERVICE =
  'services[0].{desiredCount: desiredCount, assignPublicIp: networkConfiguration.awsvpcConfiguration.assignPublicIp, subnets: length(networkConfiguration.awsvpcConfiguration.subnets), breaker: deploymentConfiguration.deploymentCircuitBreaker, minimum: deploymentConfiguration.minimumHealthyPercent, capacity: capacityProviderStrategy[0].capacityProvider}';

const CONTAINER =
  'taskDefinition.containerDefinitions[].{image: image, readonly: readonlyRootFilesystem, stopTimeout: stopTimeout, environment: environment[].[name, value], mounts: mountPoints[].[containerPath, readOnly], log: logConfiguration.logDriver}';

/** A new service without a number begins with one: then its scaling says how many. */
const FIRST_COUNT = 1;

/** Services run in the private network, unless their contracts want the internet, and go back when they fail; their containers can write to /tmp only, and have time to stop. */
export function containerExpectations(
  template: DeployedTemplate,
  options: ContainerExpectationsOptions,
): Expectation[] {
  const services = template
    .all('AWS::ECS::Service', ['Cluster', 'DesiredCount'])
    .map(({ logicalId, physicalId, properties: { Cluster, DesiredCount = FIRST_COUNT } }) => ({
      what: logicalId,
      question: {
        service: 'ecs',
        operation: 'describe_services',
        parameters: { cluster: Cluster, services: [physicalId] },
        find: SERVICE,
      },
      expected: {
        desiredCount: DesiredCount,
        assignPublicIp: wantsInternet(logicalId, options) ? 'ENABLED' : 'DISABLED',
        subnets: 2,
        breaker: { enable: true, rollback: true },
        minimum: 100,
        capacity: 'FARGATE',
      },
    }));
  const tasks = template
    .all('AWS::ECS::TaskDefinition', ['ContainerDefinitions'])
    .map(({ logicalId, physicalId, properties }) => ({
      what: logicalId,
      question: {
        service: 'ecs',
        operation: 'describe_task_definition',
        parameters: { taskDefinition: physicalId },
        find: CONTAINER,
      },
      expected: [containerOf(imageIn(properties), options)],
    }));
  return [...services, ...tasks];
}

/** Whether it is the service of a worker whose contract names ports of the internet. */
function wantsInternet(
  logicalId: string,
  { fleet }: Pick<ContainerExpectationsOptions, 'fleet'>,
): boolean {
  return fleet.workers.some(
    ({ name, compute }) =>
      compute.kind === 'fargate' &&
      compute.internet.length > 0 &&
      logicalId.startsWith(`Compute${pascalCase(name)}Worker`),
  );
}

const images = z.object({ ContainerDefinitions: z.tuple([z.looseObject({ Image: z.string() })]) });

function imageIn(properties: unknown): string {
  return images.parse(properties).ContainerDefinitions[0].Image;
}

function containerOf(image: string, { stage, outputs, images }: ContainerExpectationsOptions) {
  const [service = ''] = Object.entries(images).find(([, given]) => given === image) ?? [];
  const environment = {
    ...serviceEnvironment({ stage, outputs, service }),
    AWS_REGION: 'us-east-1',
    TASKFLEET_GRACE_SECONDS: '90',
  };
  return {
    image,
    readonly: true,
    stopTimeout: 120,
    environment: Object.entries(environment),
    mounts: [['/tmp', false]],
    log: 'awslogs',
  };
}
