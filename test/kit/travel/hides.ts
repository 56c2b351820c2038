import type { Clock } from '@taskfleet/toolbox/clock';
import type { Wire, WireRequest } from '../wire.ts';

/** The last change of a message's visibility. */
export interface Hide {
  /** In the time of the fleet. */
  readonly until: number;
  /** When it was changed: monotonic milliseconds. */
  readonly changedAt: number;
}

/** Until when messages were hidden last, by their receipts; one that is as it was received has none. */
export class Hides {
  readonly #last = new Map<string, Hide>();

  constructor(wire: Wire, clock: Pick<Clock, 'now' | 'monotonic'>) {
    wire.intercept(async (request, pass) => {
      const changes = changesIn(request);
      const answer = await pass();
      for (const { ReceiptHandle = '', VisibilityTimeout = 0 } of changes) {
        const until = clock.now() + VisibilityTimeout * 1_000;
        this.#last.set(ReceiptHandle, { until, changedAt: clock.monotonic() });
      }
      return answer;
    });
  }

  of(receiptHandle: string): Hide | undefined {
    return this.#last.get(receiptHandle);
  }
}

interface VisibilityChange {
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
}

function changesIn({ operation, input }: WireRequest): readonly VisibilityChange[] {
  if (operation === 'ChangeMessageVisibility') return [input];
  if (operation !== 'ChangeMessageVisibilityBatch') return [];
  return (input['Entries'] ?? []) as readonly VisibilityChange[];
}
