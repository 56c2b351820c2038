import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '@taskfleet/toolbox/clock';
import { z } from 'zod';
import { CredentialsError, IssuerUnreachableError } from './errors.ts';
import type { OidcConfig } from './identityConfig.ts';
import { issuerKeys } from './issuerKeys.ts';
import { type Role, ROLES } from './permissions.ts';
import type { Principal } from './principal.ts';

/** Asymmetric ones: with a symmetric one the public key would be a secret that everybody knows. `none` is none of them. */
const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');

/** How far two well-kept clocks may be apart. */
const TOLERANCE_SECONDS = 5;

/** Without what would end a line where the name is shown. */
const NAME = z
  .string()
  .max(256)
  .regex(/^\P{Control}+$/u);

export interface IdentifyUserOptions {
  readonly oidc: OidcConfig;
  readonly clock: Pick<Clock, 'now'>;
}

/** Who the issuer says that the bearer of a token is. Throws CredentialsError and IssuerUnreachableError. */
export function identifyUser({ oidc, clock }: IdentifyUserOptions) {
  const { issuer, audience } = oidc;
  const keys = issuerKeys(issuer);
  return async (token: string): Promise<Principal> => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(clock.now()),
        requiredClaims: ['exp', oidc.nameClaim],
      });
      return principalOf(payload, oidc);
    } catch (error) {
      if (error instanceof IssuerUnreachableError || error instanceof CredentialsError) throw error;
      throw new CredentialsError(reasonOf(error), { cause: error });
    }
  };
}

function principalOf(payload: JWTPayload, { rolesClaim, nameClaim }: OidcConfig): Principal {
  const name = NAME.safeParse(payload[nameClaim]).data;
  // Those of keys and tokens begin so: nobody is one of them by the name that they chose.
  if (name === undefined || /^(?:key|token):/.test(name)) {
    throw new CredentialsError(`the token's claim ${nameClaim} is no name`);
  }
  return Object.freeze({ name, kind: 'user', roles: rolesIn(payload, rolesClaim) });
}

/** Those of ours; a user may have others, for other services. Pure. */
export function rolesIn(payload: JWTPayload, claim: string): readonly Role[] {
  const found = z
    .union([z.array(z.unknown()), z.string().transform((text) => text.split(/[\s,]+/))])
    .safeParse(claimIn(payload, claim)).data;
  return ROLES.filter((role) => found?.includes(role));
}

/** By its name, dots and all, as `https://example.com/roles`; else as a path, as `realm_access.roles`. */
function claimIn(payload: JWTPayload, claim: string): unknown {
  if (Object.hasOwn(payload, claim)) return payload[claim];
  return claim.split('.').reduce<unknown>((value, step) => {
    const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    return isObject ? (value as Record<string, unknown>)[step] : undefined;
  }, payload);
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired; sign in again';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `the token's claim ${error.claim} is not what is wanted here`;
  }
  return 'the token is not one that the issuer has signed';
}
