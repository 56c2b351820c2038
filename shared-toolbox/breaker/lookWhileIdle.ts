import type { Clock } from '../clock.ts';
import type { Circuit } from './circuit.ts';

export interface LookWhileIdleOptions {
  readonly circuit: Pick<Circuit, 'availability' | 'check'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Milliseconds after the last answer, or the last look, from which a look is due. */
  readonly everyMs: number;
  /** Failures in a row that open the circuit: so many looks are made at once when the first fails. */
  readonly mostLooks: number;
}

export interface IdleLooks {
  /** Somebody wants to know whether the service is there. Looks, in the background, if nobody has heard of it lately. */
  readonly asked: () => void;
  /** A call was answered: no look is due for a while. */
  readonly answered: () => void;
}

/**
 * Finds an outage that no call meets, because nobody calls: a page with a button that nobody presses has to know. It needs no timer:
 * each look is made for somebody who asks, so that a process in which nobody asks pays for none.
 */
export function lookWhileIdle(options: LookWhileIdleOptions): IdleLooks {
  const { circuit, clock, everyMs, mostLooks } = options;
  let heardAt = -Infinity;
  let isLooking = false;
  const isDue = () =>
    !isLooking && circuit.availability.available && clock.monotonic() - heardAt >= everyMs;
  async function look(): Promise<void> {
    isLooking = true;
    heardAt = clock.monotonic();
    for (let looks = 0; looks < mostLooks && circuit.availability.available; looks += 1) {
      if (await circuit.check()) break;
    }
    isLooking = false;
  }
  return {
    asked: () => {
      if (isDue()) void look();
    },
    answered: () => {
      heardAt = clock.monotonic();
    },
  };
}
