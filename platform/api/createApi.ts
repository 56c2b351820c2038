import swagger from '@fastify/swagger';
import { fastify, type FastifyError, type FastifyInstance } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { serveDashboard } from '../dashboard/index.ts';
import type { ApiDeps } from './apiDeps.ts';
import { authorize } from './authorize.ts';
import { RequestError, UnknownRouteError } from './errors.ts';
import { problemOf, PROBLEM_TYPE, retryAfterSeconds } from './problem.ts';
import { refuseForeignHosts } from './refuseForeignHosts.ts';
import { health } from './routes/health.ts';
import { tasks } from './routes/tasks.ts';

/** Bytes of a request's body: an input may be as large as the bucket takes it, and not larger. */
const BODY_LIMIT = 1_048_576;

/** The HTTP interface of a stage, not listening yet. */
export async function createApi(deps: ApiDeps): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: BODY_LIMIT, logger: false }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app, deps);
  refuseForeignHosts(app);
  authorize(app, deps.identify);
  await describeApi(app);
  for (const routes of [health, tasks]) routes(app, deps);
  await serveDashboard(app, deps.dashboard);
  return app;
}

function answerProblems(app: FastifyInstance, { log }: Pick<ApiDeps, 'log'>): void {
  app.setErrorHandler(async (thrown: FastifyError, request, reply) => {
    const error = asOurs(thrown);
    const problem = problemOf(error);
    if (problem.status === 500) {
      log.event('request.failed', {
        method: request.method,
        path: request.routeOptions.url ?? '',
        error: String(thrown),
      });
    }
    const seconds = retryAfterSeconds(error, problem);
    if (seconds !== undefined) reply.header('retry-after', seconds);
    return reply.code(problem.status).type(PROBLEM_TYPE).send(problem);
  });
  app.setNotFoundHandler(async ({ method, url }) => {
    throw new UnknownRouteError(method, new URL(url, 'http://host').pathname);
  });
}

/** What Fastify and its validation throw, as errors of ours. */
function asOurs(error: FastifyError): unknown {
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new RequestError(
      error.validation.map(({ instancePath, message = 'does not fit' }) => ({
        field: [error.validationContext, ...instancePath.split('/').filter(Boolean)].join('.'),
        message,
      })),
    );
  }
  const { statusCode = 500, message } = error;
  if (statusCode >= 400 && statusCode < 500 && error.code?.startsWith('FST_')) {
    return new RequestError([{ field: 'request', message }]);
  }
  return error;
}

async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Taskfleet',
        version: '1',
        description: 'Tasks of a fleet: schedule, read, change.',
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  app.get('/openapi.json', { config: { permission: 'none' }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
}
