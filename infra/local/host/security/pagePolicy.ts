import type { FastifyInstance } from 'fastify';

/** What every answer says to browsers: run and load nothing but ours, and show nothing of ours in a foreign frame. */
export function setPagePolicy(app: FastifyInstance, panels: () => string | undefined): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': policyWith(panels()),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });
}

/** `panels` is the origin of the frames that pages have: the platform's. */
function policyWith(panels: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    ["frame-src 'self'", panels ?? ''].join(' ').trim(),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * For a text that a stranger wrote: it runs nothing, loads nothing, and stands in a frame of ours only, as an origin of its own.
 * Letters bring their own styles.
 */
export const STRANGERS_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'";
