/** What the app reads of its context about who may reach the platform. */
export const PUBLIC_KEYS = ['domain', 'certificate', 'identityIssuer', 'identityAudience'] as const;

type Given = Readonly<Record<'platform' | (typeof PUBLIC_KEYS)[number], string | undefined>>;

interface Asked {
  readonly stage: string;
  readonly isProduction: boolean;
}

/** Neither a scheme, a port nor a path; at least one dot. */
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const CERTIFICATE = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;

const WANTED = {
  domain: { fits: (text: string) => DOMAIN.test(text), form: 'a name such as tasks.example.com' },
  certificate: {
    fits: (text: string) => CERTIFICATE.test(text),
    form: 'the ARN of a certificate in ACM',
  },
  identityIssuer: {
    fits: isIssuer,
    form: 'the https URL of an OIDC issuer, without query and fragment',
  },
  identityAudience: {
    fits: (text: string) => text.trim() !== '',
    form: "the audience that the issuer's tokens name",
  },
} as const satisfies Record<(typeof PUBLIC_KEYS)[number], unknown>;

/**
 * What is wrong with the wish to have the platform internal or public. Internal is the default, except in production, which says
 * it. A public one is refused even when all is there, as long as the platform has no HTTP interface: its target would never be healthy.
 */
export function publicAccessProblems(given: Given, { stage, isProduction }: Asked): string[] {
  const { platform } = given;
  const keys = PUBLIC_KEYS.filter((key) => given[key] !== undefined);
  if (platform !== undefined && platform !== 'internal' && platform !== 'public') {
    return [`platform: expected internal or public, got "${platform}"`];
  }
  if (platform === 'internal') return keys.map(notOfInternal);
  if (platform === 'public' || keys.length > 0) return publicProblems(given);
  return isProduction ? [`${stage} has no defaults: ${UNDECIDED}`] : [];
}

const UNDECIDED =
  'expected -c platform=internal, or, for a public one, ' +
  PUBLIC_KEYS.map((key) => `-c ${key}=…, ${WANTED[key].form}`).join('; ');

function notOfInternal(key: (typeof PUBLIC_KEYS)[number]): string {
  return `${key}: expected none with -c platform=internal; leave it out`;
}

function publicProblems(given: Given): string[] {
  const problems = PUBLIC_KEYS.filter((key) => !WANTED[key].fits(given[key] ?? '')).map((key) => {
    const got = given[key] === undefined ? 'none' : `"${given[key]}"`;
    return `${key}: a public platform needs -c ${key}=…, ${WANTED[key].form}; got ${got}`;
  });
  return [
    ...problems,
    'platform: it has no HTTP interface yet that could be public; choose -c platform=internal',
  ];
}

function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'https:' && !/[?#]/.test(text) && url.username === '';
}
