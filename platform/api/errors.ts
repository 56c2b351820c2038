import { type FieldProblem, TaskfleetError } from '@taskfleet/toolbox/contract';

/** Thrown for a request without credentials. */
export class UnauthenticatedError extends TaskfleetError {
  readonly code = 'unauthenticated';

  constructor() {
    super('expected an Authorization header with a bearer token or an API key, got none');
  }
}

/** Thrown for a request whose sender may not do that. */
export class ForbiddenError extends TaskfleetError {
  readonly code = 'forbidden';

  constructor(name: string, permission: string) {
    super(`${name} lacks the permission ${permission}; ask whoever runs this stage for it`);
  }
}

/** Thrown for a request whose path, query or body has not the form that the route wants. */
export class RequestError extends TaskfleetError {
  readonly code = 'request_invalid';
  readonly problems: readonly FieldProblem[];

  constructor(problems: readonly FieldProblem[]) {
    super(problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
    this.problems = problems;
  }
}

/** Thrown for a request whose body is no JSON. */
export class MediaTypeError extends TaskfleetError {
  readonly code = 'media_type_unsupported';

  constructor(got: string | undefined) {
    super(`content-type: expected application/json, got ${JSON.stringify(got ?? '')}`);
  }
}

/** Thrown for a request with a larger body than is read. */
export class BodyTooLargeError extends TaskfleetError {
  readonly code = 'too_large';

  constructor(limitBytes: number) {
    super(
      `the body has more than ${limitBytes} bytes; put large values into files (taskfleet put)`,
    );
  }
}

/** Thrown for a path that leads nowhere. */
export class UnknownRouteError extends TaskfleetError {
  readonly code = 'route_unknown';

  constructor(method: string, path: string) {
    super(`nothing answers ${method} ${path}; /docs shows what there is`);
  }
}

/** Thrown for one who wants to listen to a replica that has as many listeners as it takes. */
export class TooManyListenersError extends TaskfleetError {
  readonly code = 'too_many_listeners';

  constructor(most: number) {
    super(`${most} listen already, which is as many as may; come again later`);
  }
}
