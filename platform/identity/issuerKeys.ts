import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { IssuerUnreachableError } from './errors.ts';
import { isPrivate } from './identityConfig.ts';

const TIMEOUT_MS = 5_000;

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url().refine(isPrivate) });

/**
 * The keys that an issuer signs with, found by its discovery document when the first token comes, so that the platform starts without
 * it. Keys are kept for ten minutes, and a key id that is not among them is asked for at most twice a minute. Throws
 * IssuerUnreachableError; what jose throws for a key that the issuer does not have passes.
 */
export function issuerKeys(issuer: string): JWTVerifyGetKey {
  let discovered: Promise<JWTVerifyGetKey> | undefined;
  const discoverOnce = async () => {
    discovered ??= discover(issuer);
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      throw error;
    }
  };
  return async (header, token) => {
    try {
      const keyFor = await discoverOnce();
      return await keyFor(header, token);
    } catch (error) {
      if (isOfToken(error)) throw error;
      throw new IssuerUnreachableError(issuer, error);
    }
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(address, { redirect: 'error', signal });
  if (!response.ok) throw new TypeError(`HTTP status ${response.status}`);
  const metadata = metadataSchema.parse(await response.json());
  if (metadata.issuer !== issuer) throw new TypeError('it says that it is another issuer');
  return createRemoteJWKSet(new URL(metadata.jwks_uri), { timeoutDuration: TIMEOUT_MS });
}

/** The token names a key that the issuer does not have, or none. */
function isOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
