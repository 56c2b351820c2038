import type { Asked } from './useAsked.ts';
import { useAsked } from './useAsked.ts';
import type { JsonSchema } from '../form/schema.ts';

/** A task that can be scheduled, by GET /api/contracts. */
export interface TaskContract {
  readonly name: string;
  readonly worker: string;
  readonly inputSchema: JsonSchema;
  readonly hasPriority?: boolean;
  readonly timeLimitMs?: number;
  readonly maxAttempts?: number;
}

export function useContracts(): Asked<readonly TaskContract[]> {
  const { data, ...rest } = useAsked<{ readonly tasks: readonly TaskContract[] }>('/api/contracts');
  return { data: data?.tasks, ...rest };
}
