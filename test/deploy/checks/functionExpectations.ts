import { serviceEnvironment, type StackOutputs } from '@taskfleet/infra/local';
import { functionTimeoutSeconds } from '@taskfleet/toolbox/contract';
import { sumsWorker } from '../function/sumsFleet.ts';
import type { DeployedTemplate } from './deployedTemplate.ts';
import type { Expectation } from './expectation.ts';

/** The worker's function has its contract's size and time, and is given batches of its queue of which a part may fail. */
export function functionExpectations(
  template: DeployedTemplate,
  { stage, outputs }: { readonly stage: string; readonly outputs: StackOutputs },
): Expectation[] {
  const names = ['FunctionName', 'EventSourceArn'];
  return template
    .all('AWS::Lambda::EventSourceMapping', names)
    .flatMap(({ logicalId, physicalId, properties: { FunctionName, EventSourceArn } }) => [
      {
        what: `the function of ${logicalId}`,
        question: {
          service: 'lambda',
          operation: 'get_function_configuration',
          parameters: { FunctionName },
          find: '{runtime: Runtime, handler: Handler, memory: MemorySize, timeout: Timeout, environment: Environment.Variables}',
        },
        expected: {
          runtime: 'nodejs24.x',
          handler: 'main.handler',
          memory: 512,
          timeout: functionTimeoutSeconds(sumsWorker),
          environment: {
            ...serviceEnvironment({ stage, outputs, service: sumsWorker.name }),
            NODE_OPTIONS: '--enable-source-maps',
          },
        },
      },
      {
        what: logicalId,
        question: {
          service: 'lambda',
          operation: 'get_event_source_mapping',
          parameters: { UUID: physicalId },
          find: '{source: EventSourceArn, batch: BatchSize, responses: FunctionResponseTypes, state: State, most: ScalingConfig.MaximumConcurrency}',
        },
        expected: {
          source: EventSourceArn,
          batch: sumsWorker.concurrency,
          responses: ['ReportBatchItemFailures'],
          state: 'Enabled',
          most: 3,
        },
      },
    ]);
}
