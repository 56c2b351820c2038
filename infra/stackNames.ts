import { DefinitionError } from '@taskfleet/toolbox/contract';

/** What tells the resources of one stage from those of another in the same account and region. */
export interface StageName {
  readonly prefix: string;
  readonly stage: string;
}

/** No hyphen: `taskfleet-a-b` could otherwise be worker `b` of stage `a`, or a stage `a-b`. */
const STAGE = /^[a-z][a-z0-9]{0,15}$/;
const PREFIX = /^[a-z][a-z0-9-]{0,19}$/;

/** Throws DefinitionError listing what is wrong with the two. */
export function checkStageName({ prefix, stage }: StageName): void {
  const problems: string[] = [];
  if (!STAGE.test(stage)) {
    problems.push(
      `stage: expected a letter and up to 15 letters or digits in lower case (such as dev, staging, prod), got "${stage}"`,
    );
  }
  if (!PREFIX.test(prefix)) {
    problems.push(
      `prefix: expected a letter and up to 19 letters, digits or hyphens in lower case, got "${prefix}"`,
    );
  }
  if (problems.length > 0) throw new DefinitionError('stack', problems);
}

export function stackName({ prefix, stage }: StageName): string {
  return `${prefix}-${stage}`;
}

export function topicName(name: StageName): string {
  return `${stackName(name)}.fifo`;
}

/**
 * The longest, with prefix, stage and worker at their bounds, has 79 of the 80 characters that SQS takes
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html).
 */
export function queueName(name: StageName, service: string): string {
  return `${stackName(name)}-${service}.fifo`;
}

/** An underscore, because a worker may be called `export-dead`. */
export function deadLetterQueueName(name: StageName, service: string): string {
  return `${stackName(name)}-${service}_dead.fifo`;
}
