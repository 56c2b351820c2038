import { TaskfleetError } from '@taskfleet/toolbox/contract';
import type { FastifyError, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { BodyTooLargeError, MediaTypeError, RequestError } from './errors.ts';

/** What Fastify and its validation throw, as errors of ours; what nobody expected stays as it is. */
export function asOurs(error: FastifyError, { headers, server }: FastifyRequest): unknown {
  if (error instanceof TaskfleetError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new RequestError(
      error.validation.map(({ instancePath, message = 'does not fit' }) => ({
        field: [error.validationContext, ...instancePath.split('/').filter(Boolean)].join('.'),
        message,
      })),
    );
  }
  switch (error.statusCode) {
    case 413:
      return new BodyTooLargeError(server.initialConfig.bodyLimit ?? 0);
    case 415:
      return new MediaTypeError(headers['content-type']);
    default:
      return isRefusal(error)
        ? new RequestError([{ field: 'request', message: error.message }])
        : error;
  }
}

/** Fastify's own words for a body or a header that nobody can read. */
function isRefusal({ statusCode = 500 }: FastifyError): boolean {
  return statusCode >= 400 && statusCode < 500;
}
