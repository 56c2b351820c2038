/** What the app reads of its context about who may reach the platform. */
export const PUBLIC_KEYS = [
  'domain',
  'certificate',
  'apiKeys',
  'identityIssuer',
  'identityAudience',
  'identityRolesClaim',
  'identityNameClaim',
  'identityClient',
  'accessLogs',
  'embedders',
] as const;

type PublicKey = (typeof PUBLIC_KEYS)[number];
type Given = Readonly<Record<'platform' | PublicKey, string | undefined>>;

interface Asked {
  readonly stage: string;
  readonly isProduction: boolean;
}

/** How the platform is reached from outside, and how it knows who asks: by API keys, and with `issuer` by its users' tokens, too. */
export interface PublicAccess {
  readonly domain: string;
  readonly certificateArn: string;
  readonly issuer?: Issuer | undefined;
  /** Bucket for the load balancer's access logs. Default: none are written. */
  readonly accessLogs?: string | undefined;
  /** Origins whose pages may show the dashboard's panels in a frame, with commas between them. Default: none. */
  readonly embedders?: string | undefined;
}

export interface Issuer {
  readonly address: string;
  readonly audience: string;
  readonly rolesClaim?: string | undefined;
  readonly nameClaim?: string | undefined;
  readonly clientId?: string | undefined;
}

/** Neither a scheme, a port nor a path; at least one dot. */
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const CERTIFICATE = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const EMBEDDERS = /^https:\/\/[a-z0-9.-]+(?::\d+)?(?:,https:\/\/[a-z0-9.-]+(?::\d+)?)*$/;

const isText = (text: string) => text.trim() !== '';

const WANTED = {
  domain: { fits: (text: string) => DOMAIN.test(text), form: 'a name such as tasks.example.com' },
  certificate: {
    fits: (text: string) => CERTIFICATE.test(text),
    form: 'the ARN of a certificate in ACM',
  },
  apiKeys: { fits: (text: string) => text === 'on', form: 'on' },
  identityIssuer: {
    fits: isIssuer,
    form: 'the https URL of an OIDC issuer, without query and fragment',
  },
  identityAudience: { fits: isText, form: "the audience that the issuer's tokens name" },
  identityRolesClaim: { fits: isText, form: 'the claim that has the roles' },
  identityNameClaim: { fits: isText, form: "the claim that has the user's name" },
  identityClient: { fits: isText, form: "the id of the dashboard's public client" },
  accessLogs: { fits: (text: string) => BUCKET.test(text), form: 'the name of a bucket' },
  embedders: {
    fits: (text: string) => EMBEDDERS.test(text),
    form: 'origins such as https://app.example.com, with commas between them',
  },
} as const satisfies Record<PublicKey, unknown>;

/** Whatever the identity is. */
const ALWAYS = ['domain', 'certificate'] as const;

const OF_AN_ISSUER = [
  'identityIssuer',
  'identityAudience',
  'identityRolesClaim',
  'identityNameClaim',
  'identityClient',
] as const;

/**
 * What is wrong with the wish to have the platform internal or public. Internal is the default, except in production, which says
 * it. A public one has to know who asks: without an identity configuration it is refused.
 */
export function publicAccessProblems(given: Given, { stage, isProduction }: Asked): string[] {
  const { platform } = given;
  const keys = PUBLIC_KEYS.filter((key) => given[key] !== undefined);
  if (platform !== undefined && platform !== 'internal' && platform !== 'public') {
    return [`platform: expected internal or public, got "${platform}"`];
  }
  if (platform === 'internal') return keys.map(notOfInternal);
  if (isPublic(given)) return publicProblems(given);
  return isProduction ? [`${stage} has no defaults: ${UNDECIDED}`] : [];
}

/** Of a context without problems; undefined for an internal platform. */
export function publicAccess(given: Given): PublicAccess | undefined {
  const { domain, certificate: certificateArn, accessLogs, embedders } = given;
  if (!isPublic(given) || domain === undefined || certificateArn === undefined) return undefined;
  return { domain, certificateArn, issuer: issuerOf(given), accessLogs, embedders };
}

function issuerOf(given: Given): Issuer | undefined {
  const { identityIssuer: address, identityAudience: audience, ...rest } = given;
  if (address === undefined || audience === undefined) return undefined;
  const { identityRolesClaim: rolesClaim, identityNameClaim: nameClaim } = rest;
  return { address, audience, rolesClaim, nameClaim, clientId: rest.identityClient };
}

const IDENTITY = '-c apiKeys=on, or -c identityIssuer=… and -c identityAudience=…';

const UNDECIDED =
  'expected -c platform=internal, or, for a public one, ' +
  `${ALWAYS.map((key) => `-c ${key}=…, ${WANTED[key].form}`).join('; ')}; ${IDENTITY}`;

function isPublic(given: Given): boolean {
  return given.platform === 'public' || PUBLIC_KEYS.some((key) => given[key] !== undefined);
}

function notOfInternal(key: PublicKey): string {
  return `${key}: expected none with -c platform=internal; leave it out`;
}

function publicProblems(given: Given): string[] {
  const missing = ALWAYS.filter((key) => given[key] === undefined).map(
    (key) => `${key}: a public platform needs -c ${key}=…, ${WANTED[key].form}; got none`,
  );
  const unfit = PUBLIC_KEYS.flatMap((key) => {
    const text = given[key];
    const fits = text === undefined || WANTED[key].fits(text);
    return fits ? [] : [`${key}: expected ${WANTED[key].form}, got "${text}"`];
  });
  return [...missing, ...unfit, ...identityProblems(given)];
}

function identityProblems(given: Given): string[] {
  const ofIssuer = OF_AN_ISSUER.filter((key) => given[key] !== undefined);
  if (ofIssuer.length === 0) {
    if (given.apiKeys !== undefined) return [];
    return [
      `platform: a public one has to know who may do what; expected ${IDENTITY}; got neither`,
    ];
  }
  return (['identityIssuer', 'identityAudience'] as const)
    .filter((key) => given[key] === undefined)
    .map(
      (key) => `${key}: expected -c ${key}=…, ${WANTED[key].form}, beside ${ofIssuer.join(', ')}`,
    );
}

function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'https:' && !/[?#]/.test(text) && url.username === '';
}
