import {
  type ConfigOf,
  type DescribedSettings,
  LOCAL_STAGE,
  type Reading,
  type Readings,
  type Rule,
} from '@taskfleet/toolbox/config';
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

const HERE = ['platform', 'local'] as const;

export const identitySettings = {
  apiKeys: {
    variable: 'TASKFLEET_API_KEYS',
    meaning: 'asks for API keys on a laptop too; every other stage does',
    readers: HERE,
    schema: z.literal('on', 'expected "on", or nothing').optional(),
  },
  issuer: {
    variable: 'TASKFLEET_OIDC_ISSUER',
    meaning:
      'OpenID Connect provider, exactly as its tokens and its discovery document name it; not without the audience',
    bounds: 'an address of https, or of this machine',
    readers: HERE,
    schema: z
      .url({ error: 'expected an address such as https://login.example.com', abort: true })
      .refine(isPrivate, 'expected https, or an address on this machine')
      .optional(),
  },
  audience: {
    variable: 'TASKFLEET_OIDC_AUDIENCE',
    meaning: 'what its tokens for this stage have as `aud`',
    readers: HERE,
    schema: z.string().optional(),
  },
  rolesClaim: {
    variable: 'TASKFLEET_OIDC_ROLES_CLAIM',
    meaning:
      'claim with the roles of a user, a list or words: a name, or a path such as `realm_access.roles`',
    readers: HERE,
    schema: claim('roles'),
  },
  nameClaim: {
    variable: 'TASKFLEET_OIDC_NAME_CLAIM',
    meaning: "claim with the user's name, the creator of their tasks",
    readers: HERE,
    schema: claim('sub'),
  },
  clientId: {
    variable: 'TASKFLEET_OIDC_CLIENT_ID',
    meaning:
      'public client (authorization code with PKCE) that the dashboard signs people in with; redirects to `/sign-in`',
    readers: HERE,
    schema: z.string().optional(),
  },
} as const satisfies DescribedSettings;

/** Who may use the API. Outside the stage `local` API keys are always on. */
export function identityConfig(
  { apiKeys, issuer, audience, ...rest }: ConfigOf<typeof identitySettings>,
  stage: string | undefined,
): IdentityConfig {
  const oidc =
    issuer !== undefined && audience !== undefined ? { issuer, audience, ...rest } : undefined;
  if (stage === LOCAL_STAGE && !apiKeys && !oidc) return { kind: 'open' };
  return { kind: 'credentials', ...(oidc && { oidc }) };
}

/** Whether those who ask have to show who they are: as `identityConfig` decides, before it is known that all is well. */
export function wantsCredentials({ stage, apiKeys, issuer }: Readings): boolean {
  const isAsked = [apiKeys, issuer].some((reading) => reading && !isNotSet(reading));
  return isAsked || stage?.value !== LOCAL_STAGE;
}

/** A token for another service must not be good here. */
export const issuerWithAudience: Rule = ({ issuer, audience }) => {
  if (!issuer || !audience) return [];
  if (isNotSet(issuer) === isNotSet(audience)) return [];
  const [missing, one] = isNotSet(issuer) ? [issuer, audience] : [audience, issuer];
  return [`${missing.source}: is missing; expected it beside ${one.source}`];
};

function isNotSet({ origin }: Reading): boolean {
  return origin === 'not set';
}

/** What travels to it and back cannot be read or changed on the way. */
export function isPrivate(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}
