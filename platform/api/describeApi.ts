import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/** Of /docs: its styles are set by script, which the pages of the dashboard never do. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Describes every route that comes later, and shows that at /docs. It comes before what asks for permissions: everybody may see it. */
export async function describeApi(app: FastifyInstance): Promise<void> {
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
  // Not part of the bundle: it reads its pages from its own folder.
  const { default: swaggerUi } = await import('@fastify/swagger-ui');
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: DOCS_POLICY });
}

/** The description for programs. */
export function serveDescription(app: FastifyInstance): void {
  app.get('/openapi.json', { config: { permission: 'none' }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
}
