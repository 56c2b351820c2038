import type { TaskRecord } from '@taskfleet/toolbox/contract';

/** What became of a task: `failed by Error: no server`. */
export function describeEnd(record: TaskRecord | undefined): string {
  if (!record) return 'no record of it';
  const { state, error } = record;
  return error ? `${state} by ${error.name}: ${error.message}` : state;
}
