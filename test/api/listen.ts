import { expect } from 'vitest';
import type { Answer } from './startApiUnderTest.ts';

export interface SeenEvent {
  readonly name: string;
  readonly data: Answer;
}

/** Somebody who listens to GET /api/events. */
export type Listener = Awaited<ReturnType<typeof listen>>;

/** Resolves once the API has begun to answer. Comments are events of the name `comment`. */
export async function listen(
  address: string,
  query: string,
  headers: Readonly<Record<string, string>> = {},
) {
  const leaving = new AbortController();
  const response = await fetch(`${address}/api/events?${query}`, {
    headers,
    signal: leaving.signal,
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events = eventsOf(response.body!);
  const next = async (): Promise<SeenEvent | undefined> => {
    const { value, done } = await events.next();
    return done ? undefined : value;
  };
  return {
    /** The next event; undefined when the stream has ended. */
    nextOf: async (name: string) => {
      for (let event = await next(); event; event = await next()) {
        if (event.name === name) return event.data;
      }
      return undefined;
    },
    next,
    leave: () => leaving.abort(),
  };
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<SeenEvent, void> {
  let text = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      yield parse(text.slice(0, end));
      text = text.slice(end + 2);
    }
  }
}

function parse(block: string): SeenEvent {
  if (block.startsWith(':')) return { name: 'comment', data: {} };
  const { name = '', data = '' } =
    /^event: (?<name>[^\n]+)\ndata: (?<data>[^\n]+)$/.exec(block)?.groups ?? {};
  return { name, data: JSON.parse(data) as Answer };
}
