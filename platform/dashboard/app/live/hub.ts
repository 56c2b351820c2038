import { signal } from '@preact/signals';
import type { Problem } from '../../../api/problem.ts';
import { credentials, isSignInNeeded } from '../session/credentials.ts';
import { request, withQuery, type Query } from '../api/request.ts';
import { ProblemError } from '../api/problem.ts';
import { eventStream } from './eventStream.ts';
import { pathOf, type Watch } from './watched.ts';

export interface Subscription {
  readonly watch: Watch;
  readonly query: Query;
  readonly onData: (data: unknown) => void;
  readonly onProblem: (error: unknown) => void;
}

/** Whether what is shown follows the fleet. */
export const connection = signal<'connecting' | 'live' | 'polling' | 'reconnecting'>('connecting');

const POLL_MS = 1_500;
const RECONNECT_MS = 2_000;
/** Components come and go together: one stream for all that a page shows. */
const SETTLE_MS = 20;

const subscriptions = new Set<Subscription>();
let current: AbortController | undefined;
let settling: ReturnType<typeof setTimeout> | undefined;
let hasStream = true;

/** Tells what is watched, at once and whenever it changes. Returns the function that ends it. */
export function subscribe(subscription: Subscription): () => void {
  subscriptions.add(subscription);
  restart();
  return () => {
    subscriptions.delete(subscription);
    restart();
  };
}

document.addEventListener('visibilitychange', restart);
isSignInNeeded.subscribe(restart);
credentials.subscribe(restart);

/** A browser has six connections to a host for all its tabs: only those that somebody sees keep one. */
function restart(): void {
  clearTimeout(settling);
  settling = setTimeout(() => {
    current?.abort();
    if (subscriptions.size === 0 || document.hidden || isSignInNeeded.value) return;
    current = new AbortController();
    void follow(current.signal);
  }, SETTLE_MS);
}

async function follow(signal: AbortSignal): Promise<void> {
  const { streamed, polled } = split([...subscriptions]);
  await Promise.all([
    followStream(streamed, signal),
    ...polled.map(async (subscription) => poll(subscription, signal)),
  ]);
}

/** One stream has one value for each parameter: what wants another is asked for again and again. */
function split(all: readonly Subscription[]) {
  const query: Record<string, string | number | undefined> = {};
  const streamed: Subscription[] = [];
  const polled: Subscription[] = [];
  for (const subscription of all) {
    const given = Object.entries(subscription.query).filter(([, value]) => value !== undefined);
    const fits =
      !streamed.some(({ watch }) => watch === subscription.watch) &&
      given.every(([name, value]) => query[name] === undefined || query[name] === value);
    (fits ? streamed : polled).push(subscription);
    if (fits) Object.assign(query, Object.fromEntries(given));
  }
  return { streamed, polled };
}

async function followStream(
  subscribed: readonly Subscription[],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    if (!hasStream) {
      connection.value = 'polling';
      await Promise.all(subscribed.map(async (subscription) => poll(subscription, signal)));
      return;
    }
    await readStream(subscribed, signal).catch((error: unknown) => tell(subscribed, error));
    if (signal.aborted) return;
    if (hasStream) connection.value = 'reconnecting';
    await pause(hasStream ? RECONNECT_MS : 0, signal);
  }
}

async function readStream(subscribed: readonly Subscription[], signal: AbortSignal) {
  for await (const { name, data } of eventStream(streamPath(subscribed), signal)) {
    connection.value = 'live';
    if (name === 'problem') tell(aboutWhich(subscribed, data), new ProblemError(data as Problem));
    for (const { watch, onData } of subscribed) if (watch === name) onData(data);
  }
}

/** A problem names the watch that it is about; one that does not is about all. */
function aboutWhich(subscribed: readonly Subscription[], data: unknown) {
  const { watch } = data as { readonly watch?: string };
  return subscribed.filter((one) => watch === undefined || one.watch === watch);
}

function streamPath(subscribed: readonly Subscription[]): string {
  const query = Object.assign({}, ...subscribed.map((one) => one.query)) as Query;
  const watches = subscribed.map(({ watch }) => `watch=${watch}`).join('&');
  const path = withQuery('/api/events', query);
  return `${path}${path.includes('?') ? '&' : '?'}${watches}`;
}

/** A refusal is shown; an interruption only marked: what was shown stays. */
function tell(subscribed: readonly Subscription[], error: unknown): void {
  if (!(error instanceof ProblemError)) return;
  if (error.kind === 'route-unknown') hasStream = false;
  else if (error.problem.status >= 400 && error.problem.status < 500) {
    for (const { onProblem } of subscribed) onProblem(error);
  }
}

async function poll({ watch, query, onData, onProblem }: Subscription, signal: AbortSignal) {
  const { id, ...rest } = query;
  const path = withQuery(pathOf(watch, id === undefined ? undefined : String(id)), rest);
  while (!signal.aborted) {
    try {
      const data = await request('GET', path);
      if (signal.aborted) return;
      onData(data);
      if (connection.value === 'reconnecting') connection.value = 'polling';
    } catch (error) {
      if (signal.aborted) return;
      const isAway = error instanceof ProblemError && error.problem.status === 0;
      if (isAway) connection.value = 'reconnecting';
      else onProblem(error);
    }
    await pause(POLL_MS, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
