import { DefinitionError } from '@taskfleet/toolbox/contract';

/** What tells the resources of one stage from those of another in the same account and region. */
export interface StageName {
  readonly prefix: string;
  readonly stage: string;
}

/**
 * No hyphens, which a worker's name may have: the queue `acme-dev-x-email` could otherwise be that of `email` in another stage, or
 * of another prefix.
 */
const STAGE = /^[a-z][a-z0-9]{0,15}$/;
const PREFIX = /^[a-z][a-z0-9]{0,19}$/;

/** Throws DefinitionError listing what is wrong with the two. */
export function checkStageName(name: StageName): void {
  const problems = stageNameProblems(name);
  if (problems.length > 0) throw new DefinitionError('stack', problems);
}

export function stageNameProblems({ prefix, stage }: StageName): string[] {
  const problems: string[] = [];
  if (!STAGE.test(stage)) {
    problems.push(
      `stage: expected a letter and up to 15 letters or digits in lower case (such as dev, staging, prod), got "${stage}"`,
    );
  }
  if (!PREFIX.test(prefix)) {
    problems.push(
      `prefix: expected a letter and up to 19 letters or digits in lower case, got "${prefix}"`,
    );
  }
  return problems;
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
