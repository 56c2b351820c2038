import { TaskfleetError } from '../errors.ts';

/** Why a message's signal aborts: its lease could no longer be relied on, so somebody else may have it. */
export class LeaseLostError extends TaskfleetError {
  readonly code = 'lease_lost';
}
