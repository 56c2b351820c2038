import { type Environment, LOCAL_STAGE, readConfig } from '@taskfleet/toolbox/config';
import { z } from 'zod';

/** How tokens of an OpenID Connect provider are checked. */
export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Claim with the roles: its name, or a path such as `realm_access.roles`. */
  readonly rolesClaim: string;
  /** Claim with the principal's name. */
  readonly nameClaim: string;
  /** Public client that the dashboard signs people in with. */
  readonly clientId: string | undefined;
}

/** `open`: everybody who reaches the loopback interface may do everything. `credentials`: API keys and tokens, and with `oidc` users. */
export type IdentityConfig =
  | { readonly kind: 'open' }
  | { readonly kind: 'credentials'; readonly oidc?: OidcConfig };

/** Names of the loopback interface: what listens there is for this machine alone. */
export const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

const claim = (standard: string) => z.string().max(200, 'expected a claim').default(standard);

const settings = {
  apiKeys: {
    variable: 'TASKFLEET_API_KEYS',
    schema: z.literal('on', 'expected "on", or nothing').optional(),
  },
  issuer: {
    variable: 'TASKFLEET_OIDC_ISSUER',
    schema: z
      .url({ error: 'expected an address such as https://login.example.com', abort: true })
      .refine(isPrivate, 'expected https, or an address on this machine')
      .optional(),
  },
  audience: { variable: 'TASKFLEET_OIDC_AUDIENCE', schema: z.string().optional() },
  rolesClaim: { variable: 'TASKFLEET_OIDC_ROLES_CLAIM', schema: claim('roles') },
  nameClaim: { variable: 'TASKFLEET_OIDC_NAME_CLAIM', schema: claim('sub') },
  clientId: { variable: 'TASKFLEET_OIDC_CLIENT_ID', schema: z.string().optional() },
} as const;

/** The environment variables of it. */
export const IDENTITY_VARIABLES = Object.values(settings).map(({ variable }) => variable);

/**
 * Who may use the API. Outside the stage `local` API keys are always on. Throws ConfigError: also for one of issuer and audience without
 * the other, because a token for another service must not be good here.
 */
export function identityConfig(
  environment: Environment,
  stage: string | undefined,
): IdentityConfig {
  const problems = oneOfTwo(environment);
  const { apiKeys, issuer, audience, ...rest } = readConfig(settings, environment, problems);
  const oidc =
    issuer !== undefined && audience !== undefined ? { issuer, audience, ...rest } : undefined;
  if (stage === LOCAL_STAGE && !apiKeys && !oidc) return { kind: 'open' };
  return { kind: 'credentials', ...(oidc && { oidc }) };
}

function oneOfTwo(environment: Environment): string[] {
  const { issuer, audience } = settings;
  const given = [issuer, audience].filter(({ variable }) => environment[variable]);
  const [one] = given;
  const missing = [issuer, audience].find((setting) => setting !== one);
  if (given.length !== 1 || !one || !missing) return [];
  return [`${missing.variable}: is missing; expected it beside ${one.variable}`];
}

/** What travels to it and back cannot be read or changed on the way. */
export function isPrivate(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}
