import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@taskfleet/toolbox/clock';

/** What somebody shows: the id says which key is meant, the secret that it is theirs. */
export interface Credential {
  readonly id: string;
  readonly secret: string;
}

const FORM = /^tf_(?<id>[0-9a-f]{16})_(?<secret>[A-Za-z0-9_-]{43})$/;

/** How every key and token of this stage begins, so that scanners for leaked secrets know it. */
export const CREDENTIAL_PREFIX = 'tf_';

/** 256 random bits under an id of 64, which is no secret. */
export function makeCredential({ randomBytes }: Pick<Clock, 'randomBytes'>): Credential {
  const id = Buffer.from(randomBytes()).toString('hex').slice(0, 16);
  const secret = Buffer.concat([randomBytes(), randomBytes()]).toString('base64url');
  return { id, secret };
}

export function credentialText({ id, secret }: Credential): string {
  return `${CREDENTIAL_PREFIX}${id}_${secret}`;
}

/** Undefined for a text of another form. */
export function parseCredential(text: string): Credential | undefined {
  const { id, secret } = FORM.exec(text)?.groups ?? {};
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}

/**
 * What is kept of a secret. One round of SHA-256 is enough: slow hashes are for what people choose and can be guessed; nobody finds
 * 256 random bits by trying, and a slow hash would be a way to keep the platform busy.
 */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Takes as long for a near miss as for any other. */
export function isSecretOf(hash: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashOf(secret), 'hex'));
}
