import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { Reader } from '../reader/index.ts';
import { type Follow, MOST_FOLLOWED } from './follow.ts';

const LOOK_EVERY_MS = 1_000;

/** Follows by reading again and again, where nobody tells. */
export function pollFollow(reader: Reader, clock: Pick<Clock, 'sleep'>): Follow {
  async function* changes<T>(ask: () => Promise<T>, signal: AbortSignal): AsyncGenerator<T> {
    let last: T | undefined;
    for (;;) {
      signal.throwIfAborted();
      const now = await ask();
      if (!isDeepStrictEqual(now, last)) yield now;
      last = now;
      await clock.sleep(LOOK_EVERY_MS, signal);
    }
  }
  return {
    task: (id, signal) => changes(async () => reader.get(id), signal),
    family: (id, signal) =>
      changes(async () => reader.family({ id, limit: MOST_FOLLOWED }), signal),
  };
}
