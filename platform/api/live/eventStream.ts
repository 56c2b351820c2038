import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

/** Something to be told, as text/event-stream has it (html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface LiveEvent {
  readonly name: string;
  /** JSON on one line. */
  readonly data: string;
}

/** What somebody who listens is sent. Memory is bounded: while they are slow, of each question the newest event waits, and no other. */
export interface EventStream {
  /** The answer's body. */
  readonly body: Readable;
  /** Sends the event as soon as it is taken, unless another one about the same comes before. */
  tell(about: string, event: LiveEvent): void;
  /** Shows that the stream lives. Cuts off who has taken nothing since the beat before. */
  beat(): void;
  /** Ends with this, or at once for who is slow. */
  end(last?: LiveEvent): void;
}

export function openEventStream(raw: ServerResponse): EventStream {
  const waiting = new Map<string, LiveEvent>();
  let isSlow = false;
  let isOver = false;
  const isStuck = () => raw.writableNeedDrain || body.readableLength >= body.readableHighWaterMark;
  const flush = () => {
    for (const [about, event] of waiting) {
      if (isOver || isStuck()) return;
      waiting.delete(about);
      body.push(textOf(event));
    }
  };
  const body = new Readable({ read: flush });
  raw.on('drain', () => {
    isSlow = false;
    flush();
  });
  body.push(': taskfleet\n\n');
  return {
    body,
    tell: (about, event) => {
      waiting.set(about, event);
      flush();
    },
    beat: () => {
      if (isOver) return;
      if (!isStuck()) body.push(':\n\n');
      else if (isSlow) raw.destroy();
      isSlow = isStuck();
    },
    end: (last) => {
      if (isOver) return;
      isOver = true;
      if (isStuck()) raw.destroy();
      if (last) body.push(textOf(last));
      body.push(null);
    },
  };
}

function textOf({ name, data }: LiveEvent): string {
  return `event: ${name}\ndata: ${data}\n\n`;
}
