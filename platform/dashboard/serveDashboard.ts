import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UnknownRouteError } from '../api/errors.ts';

export interface DashboardOptions {
  /** Where its build is. Without it, `/` says in one line how to get it. */
  readonly folder: string;
  /** Origins, besides its own, that may show `/embed/…` in a frame. Default: none. */
  readonly embedders?: readonly string[];
  /** Where `/demo` leads. Default: nowhere. */
  readonly demo?: string | undefined;
}

/** Everybody may see the pages: what they show comes from the API, for who may see that. */
const everybody = { config: { permission: 'none' }, schema: { hide: true } } as const;

const NOT_BUILT =
  'The dashboard is not built: run "npm run build:dashboard", then reload. The API is at /docs.\n';

/** Serves the dashboard's pages: any path that a person navigates to and nothing else answers. */
export async function serveDashboard(
  app: FastifyInstance,
  options: DashboardOptions,
): Promise<void> {
  const { folder } = options;
  await app.register(fastifyStatic, { root: folder, serve: false });
  app.get<{ Params: { '*': string } }>('/assets/*', everybody, async (request, reply) => {
    const file = join('assets', request.params['*']);
    if (!file.startsWith('assets') || !existsSync(join(folder, file))) throw unknownRoute(request);
    // Its name has a digest of what is in it.
    return reply.sendFile(file, { maxAge: '365d', immutable: true });
  });
  app.get('/demo', everybody, async (request, reply) => {
    if (options.demo === undefined) throw unknownRoute(request);
    return reply.header('cache-control', 'no-store').redirect(options.demo, 302);
  });
  app.get('/*', everybody, async (request, reply) => {
    if (!isNavigation(request)) throw unknownRoute(request);
    return sendPage(request, reply, options);
  });
}

function sendPage(request: FastifyRequest, reply: FastifyReply, options: DashboardOptions) {
  const { folder, embedders = [] } = options;
  if (request.url.startsWith('/embed/')) letIntoFrames(reply, embedders);
  reply.header('cache-control', 'no-cache');
  if (!existsSync(join(folder, 'index.html'))) {
    return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
  }
  return reply.sendFile('index.html', { cacheControl: false });
}

/** Every answer says that nobody may show it in a frame; this one is made for it. */
function letIntoFrames(reply: FastifyReply, embedders: readonly string[]): void {
  if (embedders.length === 0) return;
  const policy = String(reply.getHeader('content-security-policy'));
  const ancestors = ["frame-ancestors 'self'", ...embedders].join(' ');
  reply.header('content-security-policy', policy.replace(/frame-ancestors [^;]*/, ancestors));
  reply.removeHeader('x-frame-options');
}

/** A person who opens a page, not a program that misses a route. */
function isNavigation({ url, headers }: FastifyRequest): boolean {
  return !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html');
}

function unknownRoute({ method, url }: FastifyRequest): UnknownRouteError {
  return new UnknownRouteError(method, new URL(url, 'http://host').pathname);
}
