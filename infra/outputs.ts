/** Names of the outputs that a stack has once. */
export const FLEET_OUTPUTS = {
  topicArn: 'TopicArn',
  table: 'TableName',
  bucket: 'BucketName',
  /** Names of all services, with commas: CloudFormation's own names do not tell where the hyphens were. */
  services: 'Services',
} as const;

/** Of a public platform: the name that its domain has to lead to. */
export const ENTRANCE_OUTPUT = 'PlatformEntrance';

/** Name of the service that is no worker; `defineFleet` reserves it. */
export const PLATFORM = 'platform';

/** The values of a stack's outputs by name: text, or CDK tokens while the stack is being built. */
export type StackOutputs = Readonly<Record<string, string>>;

export interface QueueOutputs {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Of a worker with priorities. */
  readonly highQueueUrl: string;
  readonly lowQueueUrl: string;
}

/** Names of the outputs of one service's queues; a service is a worker or the platform. */
export function queueOutputs(service: string): QueueOutputs {
  const prefix = pascalCase(service);
  return {
    queueUrl: `${prefix}QueueUrl`,
    deadLetterQueueUrl: `${prefix}DeadLetterQueueUrl`,
    // Not `HighQueueUrl`, which is that of a worker whose name ends so.
    highQueueUrl: `${prefix}QueueUrlHigh`,
    lowQueueUrl: `${prefix}QueueUrlLow`,
  };
}

/** `layer-index` becomes `LayerIndex`: CloudFormation takes letters and digits only. */
export function pascalCase(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
