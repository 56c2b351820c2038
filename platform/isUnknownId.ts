import { TaskfleetError } from '@taskfleet/toolbox/contract';

/** Whether it says that no task has an id, whoever was asked. */
export function isUnknownId(error: unknown): boolean {
  return error instanceof TaskfleetError && error.code === 'id_unknown';
}
