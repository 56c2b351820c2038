import type { Clock } from '../clock.ts';
import type { Circuit } from './circuit.ts';
import type { OutageBoard } from './outageBoard.ts';

export interface ShareOptions {
  readonly circuit: Circuit;
  readonly board: OutageBoard;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'randomBytes'>;
  /** Milliseconds for which an outage counts unless it is told of again; longer than the circuit takes to look again. */
  readonly validMs: number;
}

export interface Sharing {
  /** The breaker is of use: somebody calls, or asks. */
  readonly used: () => void;
  readonly opened: (reason: string) => void;
  readonly closed: () => void;
  readonly stop: () => void;
}

/** How soon processes hear of each other's outages. */
const LOOK_EVERY_MS = 2_000;

/** A process that calls nothing need not know: it would pay a read every two seconds for it. */
const USED_FOR_MS = 60_000;

const ignore = () => undefined;

/**
 * Lets processes hear of each other's outages. What is heard opens the circuit at once, and is looked into at once: a process whose
 * own network is broken costs the others one probe for each of its outages, and no more. The board is news, not truth: when it
 * does not answer, each process finds out by itself.
 */
export function shareOutages({ circuit, board, clock, validMs }: ShareOptions): Sharing {
  let own: string | undefined;
  let heard: string | undefined;
  let dismissed: string | undefined;
  let usedAt = -Infinity;
  let isLooking = false;
  async function look(): Promise<void> {
    const outage = await board.read();
    if (outage && outage.id !== own && outage.id !== dismissed && circuit.availability.available) {
      heard = outage.id;
      circuit.suspect(outage.reason);
      await circuit.look();
      if (circuit.availability.available) dismissed = outage.id;
    }
    // Whoever told of it has seen the service answer.
    if (!outage && heard !== undefined) {
      heard = undefined;
      await circuit.look();
    }
  }

  const timer = setInterval(() => {
    if (isLooking || clock.monotonic() - usedAt > USED_FOR_MS) return;
    isLooking = true;
    look()
      .catch(ignore)
      .finally(() => {
        isLooking = false;
      });
  }, LOOK_EVERY_MS).unref();

  return {
    used: () => {
      usedAt = clock.monotonic();
    },
    opened: (reason) => {
      // What was heard from another is that one's to tell of.
      if (heard !== undefined) return;
      own ??= Buffer.from(clock.randomBytes()).toString('hex');
      board.tell({ id: own, reason, until: clock.now() + validMs }).catch(ignore);
    },
    closed: () => {
      if (own !== undefined) board.clear(own).catch(ignore);
      own = undefined;
      heard = undefined;
    },
    stop: () => clearInterval(timer),
  };
}
