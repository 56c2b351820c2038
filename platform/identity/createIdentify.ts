import type { Clock } from '@taskfleet/toolbox/clock';
import { CREDENTIAL_PREFIX } from './credential.ts';
import { CredentialsError } from './errors.ts';
import { type Identify, identifyLocal } from './identify.ts';
import { identifyKey } from './identifyKey.ts';
import { identifyUser } from './identifyUser.ts';
import type { IdentityConfig } from './identityConfig.ts';
import type { Keys } from './keys.ts';

export interface CreateIdentifyOptions {
  readonly config: IdentityConfig;
  readonly keys: Pick<Keys, 'find'>;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
}

/** Finds out who asks, in the ways that are configured. */
export function createIdentify({ config, keys, clock }: CreateIdentifyOptions): Identify {
  if (config.kind === 'open') return identifyLocal;
  const byKey = identifyKey({ keys, clock });
  const { oidc } = config;
  const byToken = oidc ? identifyUser({ oidc, clock }) : undefined;
  return async (authorization) => {
    if (authorization === undefined) return undefined;
    const shown = bearerOf(authorization);
    if (shown.startsWith(CREDENTIAL_PREFIX) || !byToken) return byKey(shown);
    return byToken(shown);
  };
}

function bearerOf(authorization: string): string {
  const { shown } = /^Bearer +(?<shown>[\w.~+/=-]+) *$/i.exec(authorization)?.groups ?? {};
  if (shown === undefined) throw new CredentialsError('expected "Bearer" and a key or a token');
  return shown;
}
