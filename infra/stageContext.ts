import { DefinitionError, nearestName } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { IMAGE_CONTEXT } from './images/serviceImages.ts';

/** What the app reads from its context: `-c stage=prod`. */
export interface StageContext {
  /** Default `dev`. */
  readonly stage: string;
  /** Begins every explicit name. Default `taskfleet`. */
  readonly prefix: string | undefined;
  /** An existing VPC. Default: one of the stage's own. */
  readonly vpc: string | undefined;
  /** Who is told of alarms. Default: nobody. */
  readonly alarmEmail: string | undefined;
}

const KEYS = ['stage', 'prefix', 'vpc', 'alarmEmail'] as const;

/** What the CDK's command line keeps beside it, apart from names with a colon or slash: feature flags and lookups. */
const OF_THE_COMMAND_LINE = ['cli-telemetry', 'acknowledged-issue-numbers'];

/** Nobody deploys these by accident, or with what somebody else thought good. */
const PRODUCTION = new Set(['prod', 'production', 'live']);

const text = z.string().optional();

/**
 * The context, checked: every problem is told at once. A key that nothing reads is one (`-c stge=prod` would otherwise deploy the default
 * stage without a word), and so is a default in production. Throws DefinitionError.
 */
export function stageContext(context: Readonly<Record<string, unknown>>): StageContext {
  const [stage = 'dev', prefix, vpc, alarmEmail] = KEYS.map((key) => text.parse(context[key]));
  const problems = [...unknownKeys(context), ...missingIn(stage, { prefix, alarmEmail })];
  if (problems.length > 0) throw new DefinitionError('context', problems);
  return { stage, prefix, vpc, alarmEmail };
}

function unknownKeys(context: Readonly<Record<string, unknown>>): string[] {
  const known = new Set<string>([...KEYS, ...OF_THE_COMMAND_LINE]);
  return Object.keys(context)
    .filter((key) => !/[:/]/.test(key) && !key.startsWith(IMAGE_CONTEXT) && !known.has(key))
    .map((key) => {
      const nearest = nearestName(key, KEYS);
      const hint = nearest === undefined ? '' : `; the nearest is "${nearest}"`;
      return `expected -c ${KEYS.join(', -c ')}, -c ${IMAGE_CONTEXT}<service>, got "${key}"${hint}`;
    });
}

const WANTED = {
  prefix: '-c prefix=…, which begins all names',
  alarmEmail: '-c alarmEmail=…, who is told of alarms',
} as const;

function missingIn(
  stage: string,
  given: Readonly<Record<keyof typeof WANTED, string | undefined>>,
): string[] {
  if (!PRODUCTION.has(stage)) return [];
  return (['prefix', 'alarmEmail'] as const)
    .filter((key) => given[key] === undefined)
    .map((key) => `${stage} has no defaults: expected ${WANTED[key]}`);
}
