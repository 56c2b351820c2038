import type { TaskfleetError } from '@taskfleet/toolbox/contract';
import { type Problem, problemSchema } from '../api/problem.ts';
import { FleetUnreachableError } from '../errors.ts';
import { ApiProblemError } from './errors.ts';

export interface Refused {
  readonly status: number;
  /** The body, JSON or not. */
  readonly text: string;
  /** What was to be done. */
  readonly action: string;
  /** The origin that was asked. */
  readonly origin: string;
  /** The origin that an answer of the kind 3xx sends to. */
  readonly elsewhere?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** The error for an answer that is no success. Pure. */
export function refusalOf({ status, text, action, ...answer }: Refused): TaskfleetError {
  const unreachable = (reason: string) =>
    new FleetUnreachableError(action, reason, answer.retryAfterMs);
  if (status >= 300 && status < 400) {
    return unreachable(
      `${answer.origin} sends to ${answer.elsewhere ?? 'another address'}, which gets no token; is that the --url to give?`,
    );
  }
  const problem = readProblem(text);
  if (!problem) {
    return unreachable(noAnswerOfApi(status, answer.origin));
  }
  return errorOf(problem, unreachable);
}

/** What to say of a page, as those of proxies. */
export function noAnswerOfApi(status: number, origin: string): string {
  return `HTTP status ${status}, and no answer of Taskfleet's API; is ${origin} its address (--url, TASKFLEET_URL), and does no proxy stand before it?`;
}

/** The error for a problem that the API tells. */
export function errorOf(
  { type, status, detail }: Problem,
  unreachable: (reason: string) => TaskfleetError,
): TaskfleetError {
  const code = codeOf(type);
  const isAway = status === 429 || status >= 500;
  // Its detail says already what could not be done.
  if (isAway && code !== 'fleet_unreachable') return unreachable(detail);
  const remedy = REMEDIES[code];
  return new ApiProblemError(code, remedy === undefined ? detail : `${detail}; ${remedy}`);
}

const TOKEN =
  'set TASKFLEET_TOKEN, or give --token-file: a key of this stage (taskfleet keys create makes one), or a token of its issuer';

const REMEDIES: Readonly<Record<string, string>> = {
  unauthenticated: TOKEN,
  credentials_invalid: TOKEN,
  route_unknown:
    'expected in --url (or TASKFLEET_URL) the address alone, without the path of a page, of a platform as new as this command',
};

function readProblem(text: string): Problem | undefined {
  try {
    return problemSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function codeOf(type: string): string {
  return type.replace('urn:taskfleet:problem:', '').replaceAll('-', '_');
}
