import { TaskfleetError } from '@taskfleet/toolbox/contract';
import type { Permission } from './permissions.ts';

/** Thrown for credentials that are no good. It says why, and repeats nothing of them. */
export class CredentialsError extends TaskfleetError {
  readonly code = 'credentials_invalid';

  constructor(reason: string, options?: ErrorOptions) {
    super(`the credentials are no good: ${reason}`, options);
  }
}

/** Thrown while the issuer of tokens does not say which keys it signs with: whose token it is cannot be told at present. */
export class IssuerUnreachableError extends TaskfleetError {
  readonly code = 'issuer_unreachable';
  readonly retryAfterMs = 5_000;

  constructor(issuer: string, cause: unknown) {
    super(`the issuer ${issuer} does not say which keys it signs with; try again`, { cause });
  }
}

/** Thrown for an id that no API key or token has. */
export class UnknownKeyError extends TaskfleetError {
  readonly code = 'key_unknown';

  constructor(id: string) {
    super(`no API key has the id "${id}"; taskfleet keys list shows them`);
  }
}

/** Thrown for a key or a token that cannot be. */
export class KeyRequestError extends TaskfleetError {
  readonly code = 'key_request_invalid';
}

/** Thrown when somebody is to get more than whoever gives it has. */
export class DelegationError extends TaskfleetError {
  readonly code = 'delegation_refused';

  constructor(name: string, permission: Permission) {
    super(`${name} cannot give the permission ${permission}, which they do not have themselves`);
  }
}
