import type { HeldMessage } from './heldMessage.ts';
import { groupGoesOn, type Settlement } from './settlement.ts';

export interface LaneOptions<M extends HeldMessage> {
  /** Whether there is still time to begin with the message. */
  readonly mayBegin: () => boolean;
  /** Looks at one message and says what becomes of it. Must not reject. */
  readonly handle: (message: M) => Promise<Settlement>;
  /** Does what was decided; resolves to whether it was done. Must not reject. */
  readonly settle: (message: M, settlement: Settlement) => Promise<boolean>;
}

/**
 * One group's messages of one batch, in order. From the first that will come back, the rest goes back unstarted. Resolves to
 * all that will come back.
 */
export async function runLane<M extends HeldMessage>(
  { mayBegin, handle, settle }: LaneOptions<M>,
  lane: readonly M[],
): Promise<M[]> {
  const back: M[] = [];
  for (const message of lane) {
    const begins = back.length === 0 && mayBegin() && message.isHeld();
    const settlement: Settlement = begins ? await handle(message) : { kind: 'return' };
    const isSettled = await settle(message, settlement);
    if (!isSettled || !groupGoesOn(settlement)) back.push(message);
  }
  return back;
}
