import { NonRetryableError, RetryAfter } from '@taskfleet/toolbox/contract';
import { retryAfterMs } from './retryAfter.ts';

/** What reaching other systems needs: the network, and time. */
export interface Network {
  readonly fetch: typeof fetch;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface Asked<T> {
  readonly url: URL;
  /** What is asked for, for errors: `locations, page 3`. */
  readonly what: string;
  /** What a 404 means. */
  readonly absent: string;
  /** Beside the usual ones, for this address only: those of a redirect are asked for anew. */
  headersFor(url: URL): Record<string, string>;
  /** Throws for an address that a redirect must not lead to. */
  check(url: URL): void;
  /** Takes what is needed from an answer. When it rejects, the answer was broken, and is asked for again. */
  read(answer: Response): Promise<T>;
}

const TRIES = 5;
const FIRST_PAUSE_MS = 500;
/** Until the headers are there. A body has its own time. */
const ANSWER_WITHIN_MS = 60_000;
/** What the source may make an attempt wait; for longer, the task gives its place to another. */
const LONGEST_PAUSE_MS = 30_000;
const LONGEST_REST_MS = 3_600_000;
const MOST_REDIRECTS = 5;

/**
 * Asks once, and again on 429, 5xx, broken connections and answers, with growing pauses or as Retry-After says. Rejects with
 * NonRetryableError when no further attempt would help, with RetryAfter when the source wants to be left alone for long.
 */
export async function request<T>(
  network: Network,
  asked: Asked<T>,
  signal: AbortSignal,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    signal.throwIfAborted();
    const tryOf = await tryOnce(network, asked, signal);
    if ('value' in tryOf) return tryOf.value;
    const { problem, waitMs = FIRST_PAUSE_MS * 2 ** (tried - 1) } = tryOf;
    if (waitMs > LONGEST_PAUSE_MS) {
      throw new RetryAfter(`${Math.min(waitMs, LONGEST_REST_MS)}ms`, problem);
    }
    if (tried === TRIES) throw new Error(`${problem}, ${TRIES} times`);
    await network.pause(waitMs, signal);
  }
}

type Try<T> =
  | { readonly value: T }
  | { readonly problem: string; readonly waitMs?: number | undefined };

async function tryOnce<T>(network: Network, asked: Asked<T>, signal: AbortSignal): Promise<Try<T>> {
  const answer = await followed(network, asked, signal);
  if (typeof answer === 'string') return { problem: answer };
  if (!answer.ok) {
    return { problem: await refusal(answer, asked), waitMs: retryAfterMs(answer.headers) };
  }
  try {
    return { value: await asked.read(answer) };
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof NonRetryableError) throw thrown;
    return { problem: `${asked.what}: ${(thrown as Error).message}` };
  }
}

/** The answer after redirects, or what was wrong with the connection. */
async function followed(
  network: Network,
  asked: Asked<unknown>,
  signal: AbortSignal,
): Promise<Response | string> {
  let { url } = asked;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const answer = await once(network, { ...asked, url }, signal);
    if (typeof answer === 'string') return answer;
    const to = redirectOf(answer, url);
    if (!to) return answer;
    await discard(answer);
    asked.check(to);
    url = to;
  }
  throw new NonRetryableError(`${asked.what}: expected an answer, got ${MOST_REDIRECTS} redirects`);
}

async function once(
  { fetch }: Network,
  asked: Asked<unknown>,
  signal: AbortSignal,
): Promise<Response | string> {
  const { url, what } = asked;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_WITHIN_MS);
  try {
    return await fetch(url, {
      headers: { 'user-agent': 'taskfleet-export', ...asked.headersFor(url) },
      redirect: 'manual',
      signal: AbortSignal.any([late.signal, signal]),
    });
  } catch (thrown) {
    signal.throwIfAborted();
    const problem = late.signal.aborted
      ? `did not answer in ${ANSWER_WITHIN_MS / 1_000} s`
      : describe(thrown);
    return `${what}: ${url.origin} ${problem}`;
  } finally {
    clearTimeout(timer);
  }
}

/** Where an answer sends its reader. */
function redirectOf({ status, headers }: Response, from: URL): URL | undefined {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined;
  return URL.parse(location, from.href) ?? undefined;
}

/** What to say of an answer that may be better next time. Throws NonRetryableError for one that will not. */
async function refusal(answer: Response, { url, what, absent }: Asked<unknown>): Promise<string> {
  await discard(answer);
  const { status } = answer;
  if (status === 429 || status === 408 || status >= 500) {
    return `${what}: ${url.origin} answered ${status}`;
  }
  throw new NonRetryableError(
    `${what}: ${url.origin} answered ${status}${inPlainWords(status, absent)}`,
  );
}

function inPlainWords(status: number, absent: string): string {
  if (status === 401) return ': it does not take the token, which may have expired';
  if (status === 403) return ': the token may not read this';
  return status === 404 ? `: ${absent}` : '';
}

function describe(thrown: unknown): string {
  const { cause = thrown } = thrown as Error;
  const { code, message } = cause as Error & { code?: string };
  return `does not answer (${code ?? message})`;
}

/** Frees the connection of an answer that nobody reads. */
async function discard(answer: Response): Promise<void> {
  await answer.body?.cancel().catch(() => undefined);
}
