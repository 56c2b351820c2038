import swagger from '@fastify/swagger';
import { fastify, type FastifyError, type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { serveDashboard } from '../dashboard/index.ts';
import type { ApiDeps } from './apiDeps.ts';
import { authorize } from './authorize.ts';
import { asOurs } from './asOurs.ts';
import { UnknownRouteError } from './errors.ts';
import { problemOf, PROBLEM_TYPE, retryAfterSeconds } from './problem.ts';
import { refuseForeignHosts } from './refuseForeignHosts.ts';
import { resources } from './resources.ts';

/** Bytes of a request's body, which is held in memory: larger inputs are files, to which an input refers. */
const BODY_LIMIT = 1_048_576;

/** The HTTP interface of a stage, not listening yet. */
export async function createApi(deps: ApiDeps): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    logger: false,
    // A path that no text is encoded by comes to no route, and so to no handler of its errors.
    frameworkErrors: (error, request, reply) => {
      const problem = problemOf(asOurs(error, request));
      reply.raw.writeHead(problem.status, { 'content-type': PROBLEM_TYPE });
      reply.raw.end(JSON.stringify(problem));
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app, deps);
  refuseForeignHosts(app);
  authorize(app, deps.identify);
  await describeApi(app);
  for (const routes of resources) routes(app, deps);
  if (deps.dashboard) await serveDashboard(app, deps.dashboard);
  return app;
}

function answerProblems(app: FastifyInstance, { log }: Pick<ApiDeps, 'log'>): void {
  app.setErrorHandler(async (thrown: FastifyError, request, reply) => {
    const error = asOurs(thrown, request);
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
    // Whatever was asked for may be a secret.
    throw new UnknownRouteError(method, url.split(/[?#]/, 1)[0] ?? '');
  });
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
