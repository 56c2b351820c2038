import type { AnyTask, Fleet } from '@taskfleet/toolbox/contract';
import { inputSchema, type JsonSchema, outputSchema } from './inputSchema.ts';

/** A task's contract as programs see it that cannot load it. */
export interface ContractView {
  readonly name: string;
  readonly worker: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema: JsonSchema;
  readonly timeLimitMs: number;
  readonly maxAttempts: number;
  /** Whether a call may ask for a priority. */
  readonly hasPriority: boolean;
}

/** Every task that the fleet's workers declare. */
export function contractsOf({ workers }: Fleet): ContractView[] {
  return workers.flatMap(({ tasks }) => tasks.map(contractView));
}

function contractView(task: AnyTask): ContractView {
  const { name, worker, timeLimitMs, retry, priority } = task;
  return {
    name,
    worker,
    inputSchema: inputSchema(task),
    outputSchema: outputSchema(task),
    timeLimitMs,
    maxAttempts: retry.maxAttempts,
    hasPriority: priority !== undefined,
  };
}
