import { DefinitionError, type Fleet, type Worker } from '@taskfleet/toolbox/contract';
import { Cluster, type ICluster } from 'aws-cdk-lib/aws-ecs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type GivenSettings, NO_SETTINGS } from '../givenSettings.ts';
import type { FunctionCode, ServiceImages } from '../images/serviceImages.ts';
import { PLATFORM, pascalCase, type StackOutputs } from '../outputs.ts';
import { platformStatements } from '../permissions/platformStatements.ts';
import type { QueueArns, StageArns } from '../permissions/statements.ts';
import { contractStatements, workerStatements } from '../permissions/workerStatements.ts';
import { identityEnvironment } from '../identityEnvironment.ts';
import type { PublicAccess } from '../publicAccess.ts';
import { serviceEnvironment } from '../serviceEnvironment.ts';
import { acknowledge } from './acknowledge.ts';
import { ContainerService, type Outlet, type Site } from './containerService.ts';
import { FunctionService } from './functionService.ts';
import { Network, outToInternet } from './network.ts';
import { PublicEntrance } from './publicEntrance.ts';
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
  readonly functions: FunctionCode;
  /** What workers are told besides, by their names. Default: nothing. */
  readonly settings?: ReadonlyMap<string, GivenSettings> | undefined;
  readonly vpcId?: string | undefined;
  readonly key?: IKey | undefined;
  /** Default: nobody reaches the platform from outside. */
  readonly publicAccess?: PublicAccess | undefined;
}

/** The platform does little: it copies records, and publishes what is due. */
const PLATFORM_COMPUTE = { cpu: 256, memory: 512, spot: false } as const;

/** One is enough, and a second costs nothing but its hours: of several, one dispatches. */
const PLATFORM_COUNT = 1;

/** Everything of a stage that computes: the platform and the workers, in a network of their own. */
export class Services extends Construct {
  /** Where each writes its log, by service. */
  readonly logGroups: ReadonlyMap<string, ILogGroup>;
  /** Name that the domain of a public platform has to lead to. */
  readonly entrance: string | undefined;

  constructor(scope: Construct, id: string, props: ServicesProps) {
    super(scope, id);
    const { vpcId, publicAccess, fleet } = props;
    const isPublic = publicAccess !== undefined || fleet.workers.some(reachesInternet);
    const network = new Network(this, 'Network', { vpcId, isPublic });
    const cluster = new Cluster(this, 'Cluster', { vpc: network.vpc });
    cluster.enableFargateCapacityProviders();
    acknowledge(
      cluster,
      'ECS4',
      'Running containers are counted by their CPU samples; Insights costs more than many fleets.',
    );
    // The CDK's own class does not fit its interface under exactOptionalPropertyTypes.
    const site = { network, cluster: cluster as ICluster };
    const entrance = publicAccess && this.#addEntrance(network, publicAccess, vpcId);
    const platform = this.#addPlatform(site, props, entrance);
    entrance?.leadTo(platform.service);
    this.entrance = entrance?.address;
    this.logGroups = new Map<string, ILogGroup>([
      [PLATFORM, platform.logGroup],
      ...fleet.workers.map((worker) => {
        return [worker.name, this.#addWorker(site, worker, props)] as const;
      }),
    ]);
  }

  #addEntrance(network: Network, access: PublicAccess, vpcId: string | undefined): PublicEntrance {
    const isOwnNetwork = vpcId === undefined;
    return new PublicEntrance(this, 'Entrance', { network, access, isOwnNetwork });
  }

  #addPlatform(
    site: Site,
    props: ServicesProps,
    entrance: PublicEntrance | undefined,
  ): ContainerService {
    const { arns, queues, images, fleet } = props;
    const workerQueues = fleet.workers.map(({ name }) => arnsOf(queueOf(queues, name)));
    const own = arnsOf(queueOf(queues, PLATFORM));
    const { environment, key } = common(props, PLATFORM);
    return new ContainerService(this, 'Platform', {
      environment: {
        ...environment,
        ...(entrance && { PORT: String(entrance.platform.port), TASKFLEET_PROXIES: '1' }),
        ...identityEnvironment(props.publicAccess),
      },
      key,
      entrance: entrance?.platform,
      site,
      image: (imageScope) => images(PLATFORM, imageScope),
      compute: PLATFORM_COMPUTE,
      desiredCount: PLATFORM_COUNT,
      statements: platformStatements({ stage: arns, queues: own, workerQueues }),
    });
  }

  #addWorker(site: Site, worker: Worker, props: ServicesProps): ILogGroup {
    const { arns, queues, images, functions } = props;
    const { name, compute } = worker;
    const own = queueOf(queues, name);
    const ownQueues = own.queues;
    const statements = [
      ...workerStatements({ worker: name, stage: arns, queues: arnsOf(own) }),
      ...contractStatements(worker.permissions),
    ];
    const { environment, secrets } = props.settings?.get(name) ?? NO_SETTINGS;
    const { environment: told, key } = common(props, name);
    const shared = { environment: { ...told, ...environment }, key, statements };
    const id = pascalCase(name);
    if (compute.kind === 'lambda') {
      const code = functions(name);
      const parts = { ...shared, worker, compute, code, queues: ownQueues };
      return new FunctionService(this, `${id}Worker`, parts).logGroup;
    }
    const image = (imageScope: Construct) => images(name, imageScope);
    const outlet = this.#addOutlet(site, worker, props);
    const parts = { ...shared, site, image, compute, secrets, outlet };
    const { service, logGroup } = new ContainerService(this, `${id}Worker`, parts);
    scaleWorker(this, `${id}Scaling`, {
      service,
      queues: [...ownQueues.values()],
      scale: compute.scale,
    });
    return logGroup;
  }

  /** Throws DefinitionError for a secret that a container without a way out could not get. */
  #addOutlet(site: Site, worker: Worker, { vpcId, settings }: ServicesProps): Outlet | undefined {
    const isOwnNetwork = vpcId === undefined;
    const { name, compute } = worker;
    const ports = compute.kind === 'fargate' ? compute.internet : [];
    if (ports.length > 0) {
      const securityGroup = outToInternet(this, `${pascalCase(name)}Outlet`, {
        vpc: site.network.vpc,
        description: `Worker ${name} of a Taskfleet stage: nothing may connect to it`,
        ports,
      });
      return { securityGroup, hasPublicAddress: isOwnNetwork };
    }
    const [secret] = Object.keys(settings?.get(name)?.secrets ?? {});
    if (secret === undefined || !isOwnNetwork) return undefined;
    throw new DefinitionError(`worker "${name}"`, [
      `${secret}: expected a way to Parameter Store, which the stage's own network has not; ` +
        'say fargate({ internet: [443] }), or give a network that has one with -c vpc=…',
    ]);
  }
}

function reachesInternet({ compute }: Worker): boolean {
  return compute.kind === 'fargate' && compute.internet.length > 0;
}

function scaleWorker(...args: ConstructorParameters<typeof WorkerScaling>): WorkerScaling {
  return new WorkerScaling(...args);
}

function common({ stage, outputs, key }: ServicesProps, service: string) {
  return { environment: serviceEnvironment({ stage, outputs, service }), key };
}

function queueOf(queues: ServicesProps['queues'], service: string): ServiceQueue {
  const found = queues.get(service);
  if (!found) throw new RangeError(`the stack has no queue of ${service}`);
  return found;
}

function arnsOf({ queue, queues, deadLetterQueue }: ServiceQueue): QueueArns {
  return {
    queue: queue.queueArn,
    priorityQueues: [...queues.values()]
      .filter((other) => other !== queue)
      .map(({ queueArn }) => queueArn),
    deadLetterQueue: deadLetterQueue.queueArn,
  };
}
