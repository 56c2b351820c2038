import type { TaskId, TaskRecord, TaskState } from '@taskfleet/toolbox/contract';
import { type IndexName, SHARDS } from '@taskfleet/toolbox/table';
import { checkLimit } from '../checkLimit.ts';
import { ListRequestError } from '../errors.ts';

/** Which tasks to list. Every filter narrows; the index is chosen by the narrowest. */
export interface ListRequest {
  /** Tasks of a page, from 1 to 500. A page may have fewer and still a cursor. */
  readonly limit: number;
  readonly state?: TaskState | undefined;
  /** Only those that run by their record, and whose process is not heard any more. */
  readonly lost?: boolean | undefined;
  readonly worker?: string | undefined;
  /** Task name. */
  readonly task?: string | undefined;
  readonly subject?: string | undefined;
  readonly creator?: string | undefined;
  /** Milliseconds since 1970, both included: of the time by which the list is ordered. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Any task of the family; the list has its root too. */
  readonly family?: TaskId | undefined;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
}

export interface ListPlan {
  readonly index: IndexName;
  readonly partitions: readonly string[];
}

const LARGEST_PAGE = 500;

/**
 * The index that answers a request with the fewest reads; what it does not select is filtered. `root` is the family's.
 * `failed` has the dead ones too; it orders by the time of failing, the others by the time of creation. Pure.
 */
export function planList({ subject, state }: ListRequest, root: TaskId | undefined): ListPlan {
  if (root !== undefined) return { index: 'family', partitions: [root] };
  if (subject !== undefined) return { index: 'subject', partitions: [subject] };
  const partitions = Array.from({ length: SHARDS }, (_, shard) => String(shard));
  return { index: state === 'failed' || state === 'dead' ? 'failed' : 'recent', partitions };
}

/** Whether a record is one of those asked for. Pure. */
export function matches(
  record: TaskRecord,
  { lost, state = lost ? 'running' : undefined, worker, task, subject, creator }: ListRequest,
): boolean {
  return [
    [state, record.state],
    [worker, record.worker],
    [task, record.task],
    [subject, record.subject],
    [creator, record.creator],
  ].every(([wanted, is]) => wanted === undefined || wanted === is);
}

/** Throws ListRequestError for a page size out of bounds, for a subject that no index can have, and for an empty time. */
export function checkRequest({ limit, subject, from, to }: ListRequest): void {
  checkLimit(limit, LARGEST_PAGE);
  if (subject === '') throw new ListRequestError('subject: expected at least one character');
  if (from !== undefined && to !== undefined && from > to) {
    throw new ListRequestError(`from: expected at most ${to}, which is \`to\`, got ${from}`);
  }
}
