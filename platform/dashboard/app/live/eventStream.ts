import { EventSourceParserStream } from 'eventsource-parser/stream';
import { answerTo } from '../api/request.ts';

export interface StreamEvent {
  readonly name: string;
  readonly data: unknown;
}

/** Events of a stream as they come, until it ends or is aborted. Throws ProblemError when there is none. */
export async function* eventStream(
  path: string,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, void> {
  const response = await answerTo('GET', path, undefined, signal);
  if (!response.body) return;
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  while (true) {
    const { done, value } = await events.read();
    if (done) return;
    yield { name: value.event ?? 'message', data: JSON.parse(value.data) };
  }
}
