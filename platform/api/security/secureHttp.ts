import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { IdentityConfig } from '../../identity/index.ts';

/**
 * What every answer says to browsers: run and load nothing but ours, show it in no frame, keep nothing of /api. CORS is not on: pages of
 * other origins cannot read answers.
 */
export async function secureHttp(app: FastifyInstance, identity: IdentityConfig): Promise<void> {
  // Bodies are JSON. A form or plain text could be sent by any page without being asked.
  app.removeContentTypeParser('text/plain');
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: directivesOf(identity) },
    // Ignored over plain HTTP; the domain's other hosts are not ours to decide about.
    strictTransportSecurity: { maxAge: 180 * 86_400, includeSubDomains: false },
  });
  app.addHook('onRequest', async ({ url }, reply) => {
    if (url.startsWith('/api')) reply.header('cache-control', 'no-store');
  });
}

function directivesOf(identity: IdentityConfig) {
  const issuer = identity.kind === 'credentials' ? identity.oidc?.issuer : undefined;
  return {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    manifestSrc: ["'self'"],
    // The dashboard fetches its token from the issuer.
    connectSrc: ["'self'", ...(issuer === undefined ? [] : [new URL(issuer).origin])],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  };
}
