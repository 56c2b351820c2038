import { functionTimeoutSeconds, lambda, visibilitySeconds } from '@taskfleet/toolbox/contract';
import { createLambdaHandler } from '@taskfleet/toolbox/lambda';
import { startWorker, type StartWorkerOptions } from '@taskfleet/toolbox/runtime';
import type { Runtime } from '../toolbox/workerBench.ts';
import { type EventSourceMapping, startEventSourceMapping } from './eventSourceMapping.ts';

export interface EndableRuntime extends Runtime {
  /** Lets the time of what runs come to its end, by whatever ends it there, and goes on. */
  endTime(): Promise<void>;
}

/** A worker process: what runs in it ends when it is stopped, and its grace is over. */
export function startFargate(options: StartWorkerOptions): EndableRuntime {
  let worker = startWorker(options);
  return {
    stop: async () => worker.stop(),
    endTime: async () => {
      await worker.stop();
      worker = startWorker(options);
    },
  };
}

/** Two execution environments: what runs in one ends with its invocation. */
export function startLambda(options: StartWorkerOptions): EndableRuntime & EventSourceMapping {
  const worker = { ...options.implementation.worker, compute: lambda({ maxConcurrency: 2 }) };
  const mapping = startEventSourceMapping({
    sqs: options.clients.sqs,
    queueUrl: options.resources.queueUrl,
    handler: () => createLambdaHandler(options),
    maxConcurrency: worker.compute.maxConcurrency,
    timeoutSeconds: functionTimeoutSeconds(worker),
    visibilitySeconds: visibilitySeconds(worker),
  });
  return { ...mapping, endTime: async () => mapping.hurry() };
}
