import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@taskfleet/toolbox/clock';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { z } from 'zod';
import { problemSchema } from '../api/problem.ts';
import { FleetUnreachableError } from '../errors.ts';
import { ApiProblemError } from './errors.ts';
import type { ApiClient, Query } from './apiClient.ts';
import { errorOf } from './refusalOf.ts';

export interface Watching<Answer extends z.ZodType> {
  readonly query: Query & { readonly watch: string };
  readonly schema: Answer;
  readonly action: string;
  readonly signal: AbortSignal;
}

/** The API shows every fifteen seconds that it lives. */
const SILENCE_MS = 45_000;

/** A family of five hundred tasks takes less. */
const LONGEST_EVENT = 16 * 1_048_576;

/** A platform that is replaced is away for less. */
const MOST_FAILURES = 15;
const PAUSE_MS = 2_000;

/**
 * What is watched, and again whenever it has changed. A stream that ends or breaks is asked for again; FleetUnreachableError when that
 * has not helped for half a minute.
 */
export async function* watchChanges<Answer extends z.ZodType>(
  ...call: Parameters<typeof answersAsLongAsWanted<Answer>>
): AsyncGenerator<z.output<Answer>> {
  let last: unknown;
  // A new stream begins with what the one before ended with.
  for await (const answer of answersAsLongAsWanted(...call)) {
    if (!isDeepStrictEqual(answer, last)) yield answer;
    last = answer;
  }
}

async function* answersAsLongAsWanted<Answer extends z.ZodType>(
  client: ApiClient,
  clock: Pick<Clock, 'sleep'>,
  watching: Watching<Answer>,
): AsyncGenerator<z.output<Answer>> {
  const { action, signal } = watching;
  for (let failures = 0; ; failures += 1) {
    try {
      for await (const answer of answersOf(client, clock, watching)) {
        failures = 0;
        yield answer;
      }
      if (failures >= MOST_FAILURES) throw new FleetUnreachableError(action, 'the stream ended');
    } catch (error) {
      if (!isPassing(error) || failures >= MOST_FAILURES) throw error;
    }
    await clock.sleep(PAUSE_MS, signal);
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof ApiProblemError) return error.code === 'fleet_unreachable';
  return error instanceof FleetUnreachableError;
}

async function* answersOf<Answer extends z.ZodType>(
  client: ApiClient,
  clock: Pick<Clock, 'sleep'>,
  { query, schema, action, signal }: Watching<Answer>,
): AsyncGenerator<z.output<Answer>> {
  const body = await client.open({ path: '/api/events', query, action }, signal);
  for await (const { event, data } of messagesOf(body, clock, { action, signal })) {
    if (event === 'problem') {
      throw errorOf(
        problemSchema.parse(JSON.parse(data)),
        (reason) => new FleetUnreachableError(action, reason),
      );
    }
    if (event === query.watch) yield schema.parse(JSON.parse(data));
  }
}

async function* messagesOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  clock: Pick<Clock, 'sleep'>,
  { action, signal }: Pick<Watching<z.ZodType>, 'action' | 'signal'>,
): AsyncGenerator<EventSourceMessage> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let messages: EventSourceMessage[] = [];
  const parser = createParser({
    maxBufferSize: LONGEST_EVENT,
    onEvent: (message) => messages.push(message),
  });
  try {
    for (;;) {
      const { done, value } = await unlessSilent(async () => reader.read(), clock);
      if (done) return;
      parser.feed(value);
      yield* messages;
      messages = [];
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new FleetUnreachableError(action, error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function unlessSilent<T>(read: () => Promise<T>, clock: Pick<Clock, 'sleep'>): Promise<T> {
  const heard = new AbortController();
  const silence = clock.sleep(SILENCE_MS, heard.signal).then(() => {
    throw new Error(`nothing was heard for ${SILENCE_MS / 1_000} s`);
  });
  // Nobody looks at it once something was heard.
  silence.catch(() => undefined);
  try {
    return await Promise.race([read(), silence]);
  } finally {
    heard.abort();
  }
}
