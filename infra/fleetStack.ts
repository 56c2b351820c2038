import { DefinitionError, type Fleet } from '@taskfleet/toolbox/contract';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ArtifactsBucket } from './constructs/artifactsBucket.ts';
import { PlatformQueue } from './constructs/platformQueue.ts';
import type { ServiceQueue } from './constructs/serviceQueue.ts';
import { TaskTable } from './constructs/taskTable.ts';
import { TaskTopic } from './constructs/topic.ts';
import { WorkerQueue } from './constructs/workerQueue.ts';
import { FLEET_OUTPUTS, pascalCase, PLATFORM, queueOutputs, type StackOutputs } from './outputs.ts';
import { checkStageName, stackName, type StageName } from './stackNames.ts';

export interface FleetStackProps extends StackProps {
  readonly fleet: Fleet;
  /** Such as `dev` or `prod`: a letter and up to 15 letters or digits, in lower case. */
  readonly stage: string;
  /** Begins every explicit name, so that two fleets fit in one account. Default `taskfleet`. */
  readonly prefix?: string;
}

/** One stage of a fleet. Throws DefinitionError for names that cannot work. */
export class FleetStack extends Stack {
  /** Values of the stack's outputs: tokens, for other parts of the same app. */
  readonly outputs: StackOutputs;

  constructor(scope: Construct, id: string, props: FleetStackProps) {
    const name = { prefix: props.prefix ?? 'taskfleet', stage: props.stage };
    checkStageName(name);
    checkWorkerNames(props.fleet);
    super(scope, id, { stackName: stackName(name), ...props });
    this.outputs = { ...this.#addStores(props.fleet), ...this.#addDelivery(props.fleet, name) };
    for (const [output, value] of Object.entries(this.outputs)) this.#addOutput(output, value);
  }

  #addOutput(name: string, value: string): CfnOutput {
    return new CfnOutput(this, name, { value });
  }

  #addStores(fleet: Fleet): StackOutputs {
    return {
      [FLEET_OUTPUTS.table]: new TaskTable(this, 'Tasks').table.tableName,
      [FLEET_OUTPUTS.bucket]: new ArtifactsBucket(this, 'Artifacts', { fleet }).bucket.bucketName,
    };
  }

  #addDelivery(fleet: Fleet, name: StageName): StackOutputs {
    const { topic } = new TaskTopic(this, 'Fleet', name);
    const platform = new PlatformQueue(this, 'Platform', { name, topic });
    const workers = fleet.workers.map((worker) => {
      const { service } = new WorkerQueue(this, `${pascalCase(worker.name)}Worker`, {
        name,
        worker,
        topic,
      });
      return urls(worker.name, service);
    });
    const all = [urls(PLATFORM, platform.service), ...workers];
    const services = [PLATFORM, ...fleet.workers.map((worker) => worker.name)].join(',');
    const once = { [FLEET_OUTPUTS.topicArn]: topic.topicArn, [FLEET_OUTPUTS.services]: services };
    return Object.assign(once, ...all);
  }
}

function urls(service: string, { queue, deadLetterQueue }: ServiceQueue): StackOutputs {
  const names = queueOutputs(service);
  return {
    [names.queueUrl]: queue.queueUrl,
    [names.deadLetterQueueUrl]: deadLetterQueue.queueUrl,
  };
}

/** CloudFormation's names have no hyphens, so that `s3-2` and `s32` would be one resource. */
function checkWorkerNames({ workers }: Fleet): void {
  const byPascalCase = Map.groupBy([PLATFORM, ...workers.map(({ name }) => name)], pascalCase);
  const problems = [...byPascalCase.values()]
    .filter((names) => names.length > 1)
    .map((names) => `the names ${names.join(' and ')} differ in hyphens only; rename one`);
  if (problems.length > 0) throw new DefinitionError('stack', problems);
}
