import { fastify, type FastifyError, type FastifyInstance } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { serveDashboard } from '../dashboard/index.ts';
import type { ApiDeps } from './apiDeps.ts';
import { authorize } from './authorize.ts';
import { asOurs } from './asOurs.ts';
import { describeApi, serveDescription } from './describeApi.ts';
import { UnknownRouteError } from './errors.ts';
import { problemOf, PROBLEM_TYPE, retryAfterSeconds } from './problem.ts';
import { resources } from './resources.ts';
import { auditRequests } from './security/auditRequests.ts';
import { guardLoopback } from './security/guardLoopback.ts';
import { requestLimits } from './security/requestLimits.ts';
import { secureHttp } from './security/secureHttp.ts';
import { timeRequests } from './timeRequests.ts';

/** Bytes of a request's body, which is held in memory: larger inputs are files, to which an input refers. */
const BODY_LIMIT = 1_048_576;

/** A request has to have come in full by then. Answers, such as streams of events, may take as long as they like. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The HTTP interface of a stage, not listening yet. */
export async function createApi(deps: ApiDeps, proxies = 0): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // The last proxy's word for an address counts, and not what the client says of itself.
    trustProxy: (_address: string, hop: number) => hop < proxies,
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
  await secureHttp(app, deps.identity);
  if (deps.identity.kind === 'open') guardLoopback(app);
  const limits = await requestLimits(app, deps.limits);
  timeRequests(app, deps.metrics);
  await describeApi(app);
  authorize(app, { identify: deps.identify, limits });
  const audited = { ...deps, access: auditRequests(app, deps) };
  serveDescription(app);
  for (const routes of resources) routes(app, audited);
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
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    const seconds = retryAfterSeconds(error, problem);
    if (seconds !== undefined) reply.header('retry-after', seconds);
    return reply.code(problem.status).type(PROBLEM_TYPE).send(problem);
  });
  app.setNotFoundHandler(async ({ method, url }) => {
    // Whatever was asked for may be a secret.
    throw new UnknownRouteError(method, url.split(/[?#]/, 1)[0] ?? '');
  });
}
