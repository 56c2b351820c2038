import type { Fleet, Worker } from '@taskfleet/toolbox/contract';
import { DefinitionError } from '@taskfleet/toolbox/contract';
import { Cluster, type ICluster } from 'aws-cdk-lib/aws-ecs';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ServiceImages } from '../images/serviceImages.ts';
import { PLATFORM, pascalCase, type StackOutputs } from '../outputs.ts';
import { platformStatements } from '../permissions/platformStatements.ts';
import type { QueueArns, StageArns } from '../permissions/statements.ts';
import { workerStatements } from '../permissions/workerStatements.ts';
import { serviceEnvironment } from '../serviceEnvironment.ts';
import { acknowledge } from './acknowledge.ts';
import { ContainerService, type Site } from './containerService.ts';
import { Network } from './network.ts';
import type { ServiceQueue } from './serviceQueue.ts';
import { WorkerScaling } from './workerScaling.ts';

export interface ServicesProps {
  readonly fleet: Fleet;
  readonly stage: string;
  readonly arns: StageArns;
  /** By service. */
  readonly queues: ReadonlyMap<string, ServiceQueue>;
  readonly outputs: StackOutputs;
  readonly images: ServiceImages;
  readonly vpcId?: string | undefined;
}

/** The platform does little: it copies records, and publishes what is due. */
const PLATFORM_COMPUTE = { cpu: 256, memory: 512, spot: false } as const;

/** One is enough, and a second costs nothing but its hours: of several, one dispatches. */
const PLATFORM_COUNT = 1;

/** Everything of a stage that computes: the platform and the workers, in a network of their own. */
export class Services extends Construct {
  /** By service. */
  readonly containers: ReadonlyMap<string, ContainerService>;

  constructor(scope: Construct, id: string, props: ServicesProps) {
    super(scope, id);
    const network = new Network(this, 'Network', props);
    const cluster = new Cluster(this, 'Cluster', { vpc: network.vpc });
    cluster.enableFargateCapacityProviders();
    acknowledge(
      cluster,
      'ECS4',
      'Running containers are counted by their CPU samples; Insights costs more than many fleets.',
    );
    // The CDK's own class does not fit its interface under exactOptionalPropertyTypes.
    const site = { network, cluster: cluster as ICluster };
    this.containers = new Map([
      [PLATFORM, this.#addPlatform(site, props)],
      ...props.fleet.workers.map((worker) => {
        return [worker.name, this.#addWorker(site, worker, props)] as const;
      }),
    ]);
  }

  #addPlatform(site: Site, props: ServicesProps): ContainerService {
    const { arns, queues, images, fleet } = props;
    const workerQueues = fleet.workers.map(({ name }) => arnsOf(queueOf(queues, name)));
    const own = arnsOf(queueOf(queues, PLATFORM));
    return new ContainerService(this, 'Platform', {
      ...common(props, PLATFORM),
      site,
      image: (imageScope) => images(PLATFORM, imageScope),
      compute: PLATFORM_COMPUTE,
      desiredCount: PLATFORM_COUNT,
      statements: platformStatements({ stage: arns, queues: own, workerQueues }),
    });
  }

  #addWorker(site: Site, worker: Worker, props: ServicesProps): ContainerService {
    const { arns, queues, images } = props;
    const { name, compute } = worker;
    if (compute.kind !== 'fargate') throw notYet(name);
    const { queue, ...own } = queueOf(queues, name);
    const statements: PolicyStatement[] = workerStatements({
      worker: name,
      stage: arns,
      queues: arnsOf({ queue, ...own }),
    });
    const id = pascalCase(name);
    const containers = new ContainerService(this, `${id}Worker`, {
      ...common(props, name),
      site,
      image: (imageScope) => images(name, imageScope),
      compute,
      statements,
    });
    const { service } = containers;
    scaleWorker(this, `${id}Scaling`, { service, queue, scale: compute.scale });
    return containers;
  }
}

function scaleWorker(...args: ConstructorParameters<typeof WorkerScaling>): WorkerScaling {
  return new WorkerScaling(...args);
}

function common({ stage, outputs }: ServicesProps, service: string) {
  const environment = serviceEnvironment({ stage, outputs, service });
  return { environment: { ...environment, AWS_REGION: Aws.REGION } };
}

function queueOf(queues: ServicesProps['queues'], service: string): ServiceQueue {
  const found = queues.get(service);
  if (!found) throw new RangeError(`the stack has no queue of ${service}`);
  return found;
}

function arnsOf({
  queue,
  deadLetterQueue,
}: Pick<ServiceQueue, 'queue' | 'deadLetterQueue'>): QueueArns {
  return { queue: queue.queueArn, deadLetterQueue: deadLetterQueue.queueArn };
}

function notYet(worker: string): DefinitionError {
  return new DefinitionError(`worker "${worker}"`, [
    'compute: the stack makes no Lambda functions yet; use fargate()',
  ]);
}
