import {
  functionTimeoutSeconds,
  invocationShares,
  type LambdaCompute,
  type Priority,
  type Worker,
} from '@taskfleet/toolbox/contract';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledge.ts';
import { serviceLogs } from './serviceLogs.ts';

export interface FunctionServiceProps {
  readonly worker: Worker;
  readonly compute: LambdaCompute;
  readonly code: Code;
  /** Each is polled by itself: one that waits takes no invocation from another. */
  readonly queues: ReadonlyMap<Priority, IQueue>;
  /** What its programs read. */
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  /** That its log is kept with. Default: CloudWatch's own. */
  readonly key?: IKey | undefined;
}

/** The most that an event source mapping takes from a FIFO queue (docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html). */
const BATCH = 10;

/** A worker on Lambda: the same handlers, given batches of its queue. */
export class FunctionService extends Construct {
  readonly handler: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: FunctionServiceProps) {
    super(scope, id);
    const { worker, compute, code, queues, environment, statements } = props;
    this.logGroup = serviceLogs(this, props.key);
    this.handler = new LambdaFunction(this, 'Handler', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'main.handler',
      code,
      memorySize: compute.memory,
      timeout: Duration.seconds(functionTimeoutSeconds(worker)),
      environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
      logGroup: this.logGroup,
    });
    for (const statement of statements) this.handler.addToRolePolicy(statement);
    acknowledgeWildcards(
      this,
      statements.flatMap(({ resources }) => resources),
      "Keys of a prefix that is the worker's own.",
    );
    const { maxConcurrency } = compute;
    const shares = invocationShares({ maxConcurrency });
    for (const [priority, queue] of queues) {
      this.handler.addEventSource(
        new SqsEventSource(queue, {
          // What it does not begin at once would wait in hand.
          batchSize: Math.min(BATCH, worker.concurrency),
          maxConcurrency: worker.priorities ? shares[priority] : maxConcurrency,
          // Without it, what is to come back would be deleted.
          reportBatchItemFailures: true,
        }),
      );
    }
  }
}
