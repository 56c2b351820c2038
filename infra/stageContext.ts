import { DefinitionError, nearestName } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { CREATED_KEY } from './constructs/stageKey.ts';
import { SETTING_CONTEXT } from './givenSettings.ts';
import { IMAGE_CONTEXT } from './images/serviceImages.ts';
import {
  PUBLIC_KEYS,
  type PublicAccess,
  publicAccess,
  publicAccessProblems,
} from './publicAccess.ts';
import { stageNameProblems } from './stackNames.ts';

/** What the app reads from its context: `-c stage=prod`. */
export interface StageContext {
  /** Default `dev`. */
  readonly stage: string;
  /** Begins every explicit name. Default `taskfleet`. */
  readonly prefix: string;
  /** An existing VPC. Default: one of the stage's own. */
  readonly vpc: string | undefined;
  /** Who is told of alarms. Default: nobody. */
  readonly alarmEmail: string | undefined;
  /** `create`, or the ARN of an existing KMS key. Default: keys of AWS. */
  readonly encryptionKey: string | undefined;
  /** Default: nobody reaches the platform from outside. */
  readonly publicAccess: PublicAccess | undefined;
}

const KEYS = [
  'stage',
  'prefix',
  'vpc',
  'alarmEmail',
  'encryptionKey',
  'platform',
  ...PUBLIC_KEYS,
] as const;
type Given = Readonly<Record<(typeof KEYS)[number], string | undefined>>;

/** What the CDK's command line keeps beside it, apart from names with a colon or slash: feature flags and lookups. */
const OF_THE_COMMAND_LINE = ['cli-telemetry', 'acknowledged-issue-numbers'];

/** Nobody deploys these by accident, or with what somebody else thought good. */
const PRODUCTION = new Set(['prod', 'production', 'live']);

/**
 * The context, checked: every problem is told at once. A key that nothing reads is one (`-c stge=prod` would otherwise deploy the default
 * stage without a word), and so is a default in production. Throws DefinitionError.
 */
export function stageContext(context: Readonly<Record<string, unknown>>): StageContext {
  const given = textsOf(context);
  const { stage = 'dev', prefix = 'taskfleet', vpc, alarmEmail, encryptionKey } = given;
  const isProduction = PRODUCTION.has(stage);
  const problems = [
    ...unknownKeys(context),
    ...notText(context),
    ...stageNameProblems({ prefix, stage }),
    ...formProblems(given),
    ...(vpc === undefined ? unreachableImages(context) : []),
    ...(isProduction ? missingOf(stage, given) : []),
    ...publicAccessProblems(given, { stage, isProduction }),
  ];
  if (problems.length > 0) throw new DefinitionError('context', problems);
  return { stage, prefix, vpc, alarmEmail, encryptionKey, publicAccess: publicAccess(given) };
}

/** The context's texts; what is none is told by `notText`. */
function textsOf(context: Readonly<Record<string, unknown>>): Given {
  const texts = KEYS.map((key) => {
    const value = context[key];
    return [key, typeof value === 'string' && value !== '' ? value : undefined];
  });
  return Object.fromEntries(texts);
}

function unknownKeys(context: Readonly<Record<string, unknown>>): string[] {
  const known = new Set<string>([...KEYS, ...OF_THE_COMMAND_LINE]);
  return Object.keys(context)
    .filter((key) => !/[:/]/.test(key) && !isNamed(key) && !known.has(key))
    .map((key) => {
      const nearest = nearestName(key, KEYS);
      const hint = nearest === undefined ? '' : `; the nearest is "${nearest}"`;
      return `expected -c ${KEYS.join(', -c ')}, -c ${IMAGE_CONTEXT}<service>, -c ${SETTING_CONTEXT}<variable>, got "${key}"${hint}`;
    });
}

/** Keys with the name of a service or of a variable in them. */
function isNamed(key: string): boolean {
  return key.startsWith(IMAGE_CONTEXT) || key.startsWith(SETTING_CONTEXT);
}

/** From a `cdk.json` comes any JSON, and from `-c image.email=` an image without a name. */
function notText(context: Readonly<Record<string, unknown>>): string[] {
  const ours = new Set<string>(KEYS);
  return Object.entries(context)
    .filter(([key]) => ours.has(key) || isNamed(key))
    .filter(([, value]) => typeof value !== 'string' || value === '')
    .map(([key, value]) => `${key}: expected a text, got ${JSON.stringify(value)}`);
}

const FORMS = {
  vpc: {
    schema: z.string().regex(/^vpc-[0-9a-f]+$/),
    form: 'the id of a VPC such as vpc-0a1b2c3d',
  },
  alarmEmail: { schema: z.email(), form: 'an e-mail address' },
  encryptionKey: {
    schema: z.union([
      z.literal(CREATED_KEY),
      z.string().regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/),
    ]),
    form: `"${CREATED_KEY}" or the ARN of a KMS key, not of an alias`,
  },
} as const;

function formProblems(given: Given): string[] {
  return (['vpc', 'alarmEmail', 'encryptionKey'] as const)
    .filter((key) => given[key] && !FORMS[key].schema.safeParse(given[key]).success)
    .map((key) => `${key}: expected ${FORMS[key].form}, got "${given[key]}"`);
}

const IN_ECR = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//;

/** A stage's own network has endpoints for ECR, and no way out: a container with another image would be started for ever. */
function unreachableImages(context: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(context)
    .filter(([key]) => key.startsWith(IMAGE_CONTEXT))
    .filter(([, image]) => typeof image === 'string' && image !== '' && !IN_ECR.test(image))
    .map(
      ([key, image]) =>
        `${key}: expected an image in ECR, because the stage's own network has no way out to "${String(image)}"; ` +
        'push it there, or give a network that has one with -c vpc=…',
    );
}

const WANTED = {
  prefix: '-c prefix=…, which begins all names',
  alarmEmail: '-c alarmEmail=…, who is told of alarms',
} as const;

function missingOf(stage: string, given: Given): string[] {
  return (['prefix', 'alarmEmail'] as const)
    .filter((key) => given[key] === undefined)
    .map((key) => `${stage} has no defaults: expected ${WANTED[key]}`);
}
