import {
  ArtifactNotFoundError,
  TaskfleetError,
  UnavailableError,
  ValidationError,
} from '@taskfleet/toolbox/contract';
import type { FastifyError, FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AwayError, RefusedError } from './errors.ts';

/** Whatever goes wrong is one sentence for a person, as JSON; what nobody foresaw is in the log only. */
export function answerProblems(app: FastifyInstance, log: (line: string) => void): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const status = statusOf(error);
    if (status === 500) log(`${request.method} ${request.url}: ${String(error)}`);
    if (error instanceof UnavailableError) {
      reply.header('retry-after', Math.ceil(error.retryAfterMs / 1_000));
    }
    return reply.code(status).send({ message: sentenceOf(error, status) });
  });
  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).send({ message: 'There is nothing here.' }),
  );
}

function statusOf(error: FastifyError): number {
  if (error instanceof RefusedError) return error.status;
  if (error instanceof UnavailableError || error instanceof AwayError) return 503;
  if (error instanceof ValidationError || error instanceof z.ZodError) return 422;
  if (error instanceof ArtifactNotFoundError) return 404;
  const { statusCode = 500 } = error;
  return statusCode >= 400 && statusCode < 500 ? statusCode : 500;
}

function sentenceOf(error: FastifyError, status: number): string {
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  }
  if (error instanceof TaskfleetError || status < 500) return error.message;
  return 'This did not work; the log of the host application says why.';
}
