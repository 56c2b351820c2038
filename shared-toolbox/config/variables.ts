import { declaredVariables, nearestName } from '../contract/index.ts';

/** What the name of every variable of ours begins with. */
export const PREFIX = 'TASKFLEET_';

/**
 * Every variable that some program of a fleet reads: none of them is refused anywhere, because processes share environments. What
 * each means stands with whoever reads it; docs/configuration.md has all of them, and a test holds this list against it.
 */
export const VARIABLES = [
  'TASKFLEET_STAGE',
  'TASKFLEET_TOPIC_ARN',
  'TASKFLEET_TABLE',
  'TASKFLEET_BUCKET',
  'TASKFLEET_LOG_LEVEL',
  'TASKFLEET_QUEUE_URL',
  'TASKFLEET_DEAD_LETTER_QUEUE_URL',
  'TASKFLEET_HIGH_QUEUE_URL',
  'TASKFLEET_LOW_QUEUE_URL',
  'TASKFLEET_POLL_SECONDS',
  'TASKFLEET_GRACE_SECONDS',
  'TASKFLEET_HEARTBEAT_SECONDS',
  'TASKFLEET_WATCHDOG_SECONDS',
  'TASKFLEET_QUEUES',
  'TASKFLEET_PROXIES',
  'TASKFLEET_EMBEDDERS',
  'TASKFLEET_DEMO',
  'TASKFLEET_API_KEYS',
  'TASKFLEET_OIDC_ISSUER',
  'TASKFLEET_OIDC_AUDIENCE',
  'TASKFLEET_OIDC_ROLES_CLAIM',
  'TASKFLEET_OIDC_NAME_CLAIM',
  'TASKFLEET_OIDC_CLIENT_ID',
  'TASKFLEET_URL',
  'TASKFLEET_TOKEN',
  'TASKFLEET_HOME',
  'TASKFLEET_BACKEND',
  'TASKFLEET_BACKEND_ENDPOINT',
  'TASKFLEET_CHROMIUM',
] as const;

const KNOWN: ReadonlySet<string> = new Set(VARIABLES);
const LONGEST_NAME = 60;

function isKnown(name: string): boolean {
  return KNOWN.has(name) || declaredVariables().has(name);
}

/** A problem for each variable with our prefix that nobody reads: a slip of the hand would leave a default in force. */
export function unknownVariables(
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !isKnown(name) && environment[name])
    .map(describeUnknown);
}

function describeUnknown(name: string): string {
  // An environment may hold any text as a name.
  const shown = name.slice(0, LONGEST_NAME).replaceAll(/\W/g, '?');
  // Without what all of them begin with: that alone would make any two of them alike.
  const nearest = nearestName(
    shown.slice(PREFIX.length),
    [...VARIABLES, ...declaredVariables()].map((known) => known.slice(PREFIX.length)),
  );
  const hint =
    nearest === undefined
      ? 'taskfleet config print shows all that there are'
      : `did you mean ${PREFIX}${nearest}?`;
  return `${shown}: is not known; ${hint}`;
}
