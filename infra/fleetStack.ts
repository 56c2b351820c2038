import type { Fleet } from '@taskfleet/toolbox/contract';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Alarms } from './constructs/alarms.ts';
import { ArtifactsBucket } from './constructs/artifactsBucket.ts';
import { PlatformQueue } from './constructs/platformQueue.ts';
import type { ServiceQueue } from './constructs/serviceQueue.ts';
import { Services } from './constructs/services.ts';
import { StageDashboard } from './constructs/stageDashboard.ts';
import { StageKey } from './constructs/stageKey.ts';
import { TaskTable } from './constructs/taskTable.ts';
import { TaskTopic } from './constructs/topic.ts';
import { WorkerQueue } from './constructs/workerQueue.ts';
import type { GivenSettings } from './givenSettings.ts';
import type { FunctionCode, ServiceImages } from './images/serviceImages.ts';
import {
  ENTRANCE_OUTPUT,
  FLEET_OUTPUTS,
  pascalCase,
  PLATFORM,
  queueOutputs,
  type StackOutputs,
} from './outputs.ts';
import type { PublicAccess } from './publicAccess.ts';
import { checkStageName, stackName, type StageName } from './stackNames.ts';

export interface FleetStackProps extends StackProps {
  readonly fleet: Fleet;
  /** Such as `dev` or `prod`: a letter and up to 15 letters or digits, in lower case. */
  readonly stage: string;
  /** Begins every explicit name, so that two fleets fit in one account. Default `taskfleet`. */
  readonly prefix?: string;
  /** `create`, or the ARN of a KMS key, that all is encrypted with. Default: keys of AWS. */
  readonly encryptionKey?: string | undefined;
  /** What runs the services. Left out: nothing does, as on a laptop, where processes take their place. */
  readonly compute?: ComputeProps | undefined;
}

export interface ComputeProps {
  readonly images: ServiceImages;
  /** Of workers whose contract says `lambda()`. */
  readonly functions: FunctionCode;
  /** What workers are told besides, by their names. Default: nothing. */
  readonly settings?: ReadonlyMap<string, GivenSettings>;
  /** An existing VPC. Default: one of the stage's own. */
  readonly vpcId?: string | undefined;
  /** Who is told of alarms. Default: whoever subscribes to their topic. */
  readonly alarmEmail?: string | undefined;
  /** Default: nobody reaches the platform from outside. */
  readonly publicAccess?: PublicAccess | undefined;
}

interface Delivery {
  readonly fleet: Fleet;
  readonly name: StageName;
  readonly key: IKey | undefined;
}

/** One stage of a fleet. Throws DefinitionError for names that cannot work. */
export class FleetStack extends Stack {
  readonly fleet: Fleet;
  /** Values of the stack's outputs: tokens, for other parts of the same app. */
  readonly outputs: StackOutputs;

  constructor(scope: Construct, id: string, props: FleetStackProps) {
    const name = { prefix: props.prefix ?? 'taskfleet', stage: props.stage };
    checkStageName(name);
    super(scope, id, { stackName: stackName(name), ...props });
    this.fleet = props.fleet;
    const key = this.#addKey(name, props.encryptionKey);
    const stores = this.#addStores(props.fleet, key);
    const delivery = this.#addDelivery({ fleet: props.fleet, name, key });
    this.outputs = { ...stores.outputs, ...delivery.outputs };
    for (const [output, value] of Object.entries(this.outputs)) this.#addOutput(output, value);
    if (!props.compute) return;
    const { fleet, stage, compute } = props;
    const { outputs } = this;
    const arns = { ...stores.arns, ...delivery.arns, key: key?.keyArn };
    this.services = new Services(this, 'Compute', {
      ...compute,
      fleet,
      stage,
      arns,
      queues: delivery.queues,
      outputs,
      key,
    });
    const { queues } = delivery;
    const { logGroups, entrance } = this.services;
    if (entrance !== undefined) this.#addOutput(ENTRANCE_OUTPUT, entrance);
    const { alarms } = new Alarms(this, 'Alarms', {
      name,
      queues,
      logGroups,
      tableName: stores.outputs[FLEET_OUTPUTS.table],
      email: compute.alarmEmail,
      key,
    });
    this.dashboard = new StageDashboard(this, 'Dashboard', { name, alarms, queues });
  }

  /** What shows how it runs; left out where nothing does. */
  readonly dashboard?: StageDashboard;

  /** What runs; left out where nothing does. */
  readonly services?: Services;

  #addOutput(name: string, value: string): CfnOutput {
    return new CfnOutput(this, name, { value });
  }

  #addKey(name: StageName, encryptionKey: string | undefined): IKey | undefined {
    if (encryptionKey === undefined) return undefined;
    return new StageKey(this, 'Encryption', { name, encryptionKey }).key;
  }

  #addStores(fleet: Fleet, key: IKey | undefined) {
    const { table } = new TaskTable(this, 'Tasks', { key });
    const { bucket } = new ArtifactsBucket(this, 'Artifacts', { fleet, key });
    return {
      arns: { table: table.tableArn, bucket: bucket.bucketArn },
      outputs: {
        [FLEET_OUTPUTS.table]: table.tableName,
        [FLEET_OUTPUTS.bucket]: bucket.bucketName,
      },
    };
  }

  #addDelivery({ fleet, name, key }: Delivery) {
    const { topic } = new TaskTopic(this, 'Fleet', { name, key });
    const platform = new PlatformQueue(this, 'Platform', { name, topic, key });
    const workers = fleet.workers.map((worker) => {
      const id = `${pascalCase(worker.name)}Worker`;
      return [
        worker.name,
        new WorkerQueue(this, id, { name, worker, topic, key }).service,
      ] as const;
    });
    const queues = new Map<string, ServiceQueue>([[PLATFORM, platform.service], ...workers]);
    const once = {
      [FLEET_OUTPUTS.topicArn]: topic.topicArn,
      [FLEET_OUTPUTS.services]: [...queues.keys()].join(','),
    };
    const addresses = [...queues].map(([service, queue]) => urls(service, queue));
    const outputs: StackOutputs = Object.assign({}, once, ...addresses);
    return { queues, arns: { topic: topic.topicArn }, outputs };
  }
}

function urls(service: string, { queues, deadLetterQueue }: ServiceQueue): StackOutputs {
  const { queueUrl: normal, highQueueUrl: high, ...names } = queueOutputs(service);
  const outputs = { normal, high, low: names.lowQueueUrl };
  return {
    ...Object.fromEntries([...queues].map(([one, { queueUrl }]) => [outputs[one], queueUrl])),
    [names.deadLetterQueueUrl]: deadLetterQueue.queueUrl,
  };
}
