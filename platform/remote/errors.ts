import { TaskfleetError } from '@taskfleet/toolbox/contract';

/** Thrown for options of the command line that say no stage, or no token, to ask with. Its message never has the token. */
export class RemoteConfigError extends TaskfleetError {
  readonly code = 'remote_config_invalid';
}

/** Thrown for what the API does not offer, and only AWS's own interfaces do. */
export class NotOverHttpError extends TaskfleetError {
  readonly code = 'not_over_http';

  constructor(what: string) {
    super(
      `${what} is not done over --url, only with AWS itself: leave --url (and TASKFLEET_URL) out, and unless the fleet is on this machine set TASKFLEET_STAGE and the rest (see README)`,
    );
  }
}

/** What the API refused, with the code and the line that direct access has for the same. */
export class ApiProblemError extends TaskfleetError {
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}
