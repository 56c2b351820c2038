import { TaskfleetError } from '@taskfleet/toolbox/contract';

/** Thrown for a request by a name that is not this machine's own, where no credentials are needed. */
export class ForeignHostError extends TaskfleetError {
  readonly code = 'host_foreign';

  constructor() {
    super('expected the Host 127.0.0.1, localhost or [::1]; for others set up identity');
  }
}

/** Thrown for a change that another origin's page asks for, where no credentials are needed. */
export class ForeignOriginError extends TaskfleetError {
  readonly code = 'origin_forbidden';

  constructor() {
    super('a page of another origin may change nothing here');
  }
}

/** Thrown for more requests in a minute than anybody may make. */
export class TooManyRequestsError extends TaskfleetError {
  readonly code = 'too_many_requests';
  readonly retryAfterMs: number;

  constructor(max: number, retryAfterMs: number) {
    super(`more than ${max} requests in a minute; come again later`);
    this.retryAfterMs = retryAfterMs;
  }
}
