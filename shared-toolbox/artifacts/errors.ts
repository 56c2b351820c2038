import { TaskfleetError } from '../errors.ts';

/** Thrown when the bucket has kept a file that was to be removed. Trying again may help. */
export class RemovalError extends TaskfleetError {
  readonly code = 'removal_failed';
  readonly key: string;

  constructor(key: string, reason: string) {
    super(`the bucket did not remove "${key}": ${reason}`);
    this.key = key;
  }
}
