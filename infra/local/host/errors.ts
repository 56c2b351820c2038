import { TaskfleetError } from '@taskfleet/toolbox/contract';

/** Thrown for a request that the host application refuses; the message is shown to whoever asked. */
export class RefusedError extends TaskfleetError {
  readonly code = 'request_refused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Thrown when the platform does not answer, or the bucket: waiting may mend it. */
export class AwayError extends TaskfleetError {
  readonly code = 'service_away';

  constructor(what: string, options?: ErrorOptions) {
    super(`${what} does not answer, try again later`, options);
  }
}
