import { MissingOutputError } from './errors.ts';
import { FLEET_OUTPUTS, PLATFORM, queueOutputs, type StackOutputs } from './outputs.ts';

/** What every program of a stage reads, the command line included. */
export type FleetEnvironment = Readonly<
  Record<'TASKFLEET_STAGE' | 'TASKFLEET_TOPIC_ARN' | 'TASKFLEET_TABLE' | 'TASKFLEET_BUCKET', string>
>;

/** What a program that consumes a queue reads besides. */
export type ServiceEnvironment = FleetEnvironment &
  Readonly<Record<'TASKFLEET_QUEUE_URL' | 'TASKFLEET_DEAD_LETTER_QUEUE_URL', string>> &
  Partial<PriorityQueuesEnvironment> &
  Partial<QueuesEnvironment>;

/** Of a worker with priorities. */
type PriorityQueuesEnvironment = Readonly<
  Record<'TASKFLEET_HIGH_QUEUE_URL' | 'TASKFLEET_LOW_QUEUE_URL', string>
>;

/** Every service's queues, as JSON: what the platform watches, and what an operator's command line acts on. */
export type QueuesEnvironment = Readonly<Record<'TASKFLEET_QUEUES', string>>;

interface FleetEnvironmentOptions {
  readonly stage: string;
  /** Values by output name; CDK tokens are passed through. */
  readonly outputs: StackOutputs;
}

interface ServiceEnvironmentOptions extends FleetEnvironmentOptions {
  /** `platform`, or a worker's name. */
  readonly service: string;
}

/** The environment of a program that has no queue of its own. Throws MissingOutputError. */
export function fleetEnvironment({ stage, outputs }: FleetEnvironmentOptions): FleetEnvironment {
  return {
    TASKFLEET_STAGE: stage,
    TASKFLEET_TOPIC_ARN: output(outputs, FLEET_OUTPUTS.topicArn),
    TASKFLEET_TABLE: output(outputs, FLEET_OUTPUTS.table),
    TASKFLEET_BUCKET: output(outputs, FLEET_OUTPUTS.bucket),
  };
}

/** What the platform and operators need besides: `{"email": {"queueUrl": …, "deadLetterQueueUrl": …}, …}`. Throws MissingOutputError. */
export function queuesEnvironment(outputs: StackOutputs): QueuesEnvironment {
  const services = output(outputs, FLEET_OUTPUTS.services).split(',');
  const queues = services.map((service) => [service, queuesOf(outputs, service)]);
  return { TASKFLEET_QUEUES: JSON.stringify(Object.fromEntries(queues)) };
}

function queuesOf(outputs: StackOutputs, service: string) {
  const { queueUrl, deadLetterQueueUrl, highQueueUrl, lowQueueUrl } = queueOutputs(service);
  return {
    queueUrl: output(outputs, queueUrl),
    deadLetterQueueUrl: output(outputs, deadLetterQueueUrl),
    ...(outputs[highQueueUrl] !== undefined && {
      highQueueUrl: output(outputs, highQueueUrl),
      lowQueueUrl: output(outputs, lowQueueUrl),
    }),
  };
}

/** The environment of one service process. Throws MissingOutputError, also for a service that the stack does not have. */
export function serviceEnvironment(options: ServiceEnvironmentOptions): ServiceEnvironment {
  const { queueUrl, deadLetterQueueUrl, ...others } = queuesOf(options.outputs, options.service);
  return {
    ...fleetEnvironment(options),
    TASKFLEET_QUEUE_URL: queueUrl,
    TASKFLEET_DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl,
    ...(others.highQueueUrl !== undefined && {
      TASKFLEET_HIGH_QUEUE_URL: others.highQueueUrl,
      TASKFLEET_LOW_QUEUE_URL: others.lowQueueUrl,
    }),
    ...(options.service === PLATFORM && queuesEnvironment(options.outputs)),
  };
}

function output(outputs: StackOutputs, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new MissingOutputError(name, Object.keys(outputs));
  return value;
}
