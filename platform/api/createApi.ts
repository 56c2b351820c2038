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
import type { ApiDeps } from './apiDeps.ts';
import { authorize } from './authorize.ts';
import { RequestError, UnknownRouteError } from './errors.ts';
import { problemOf, PROBLEM_TYPE, retryAfterSeconds } from './problem.ts';
import { audit } from './routes/audit.ts';
import { health } from './routes/health.ts';
import { keys } from './routes/keys.ts';
import { signIn } from './routes/signIn.ts';
import { tasks } from './routes/tasks.ts';
import { tokens } from './routes/tokens.ts';
import { auditRequests } from './security/auditRequests.ts';
import { BodyTooLargeError, MediaTypeError } from './security/errors.ts';
import { guardLoopback } from './security/guardLoopback.ts';
import { requestLimits } from './security/requestLimits.ts';
import { secureHttp } from './security/secureHttp.ts';

/** Bytes of a request's body: an input may be as large as the bucket takes it, and not larger. */
const BODY_LIMIT = 1_048_576;

/** A request has to have come in full by then. Answers, such as streams of events, may take as long as they like. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The HTTP interface of a stage, not listening yet. */
export async function createApi(deps: ApiDeps): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    logger: false,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app, deps);
  await secureHttp(app, deps.identity);
  if (deps.identity.kind === 'open') guardLoopback(app);
  const limits = await requestLimits(app, deps.limits);
  authorize(app, { identify: deps.identify, limits });
  const audited = { ...deps, access: auditRequests(app, deps) };
  await describeApi(app);
  for (const routes of [health, signIn, tasks, keys, tokens, audit]) routes(app, audited);
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
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
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
  const { statusCode = 500, message, code } = error;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new BodyTooLargeError(BODY_LIMIT);
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new MediaTypeError();
  if (statusCode >= 400 && statusCode < 500 && code?.startsWith('FST_')) {
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
