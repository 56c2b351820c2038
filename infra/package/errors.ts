import { TaskfleetError } from '@taskfleet/toolbox/contract';

/** Thrown when the toolbox cannot be packed: the compiler or npm says why. */
export class PackError extends TaskfleetError {
  readonly code = 'pack_failed';
}

/** Thrown for a command line of `npm run pack:toolbox` that asks for something it does not know. */
export class UsageError extends TaskfleetError {
  readonly code = 'usage';
}
