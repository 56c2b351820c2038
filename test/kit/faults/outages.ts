import type { Interceptor, WireRequest } from '../wire.ts';

/** Whom no fault reaches: the test itself looks at the fleet through it. */
const UNTOUCHED = 'operator';

/** Rejects requests that are meant, as a service does that is not there. */
export function unavailable(isMeant: (request: WireRequest) => boolean): Interceptor {
  return rejecting(isMeant, () => {
    const error = new Error('connect ECONNREFUSED: a fault of the test');
    error.name = 'TimeoutError';
    return Object.assign(error, { $metadata: {} });
  });
}

/** Rejects requests that are meant, as a table does that has no capacity for them. */
export function throttled(isMeant: (request: WireRequest) => boolean): Interceptor {
  return rejecting(isMeant, () => {
    const error = new Error('Rate exceeded: a fault of the test');
    error.name = 'ThrottlingException';
    return Object.assign(error, { $metadata: { httpStatusCode: 400 } });
  });
}

function rejecting(isMeant: (request: WireRequest) => boolean, error: () => Error): Interceptor {
  return async (request, pass) => {
    if (request.by !== UNTOUCHED && isMeant(request)) throw error();
    return pass();
  };
}

export function isOfTopic({ operation }: WireRequest): boolean {
  return operation.startsWith('Publish') || operation === 'GetTopicAttributes';
}

export function isOfTable({ input }: WireRequest): boolean {
  return 'TableName' in input || 'RequestItems' in input;
}
