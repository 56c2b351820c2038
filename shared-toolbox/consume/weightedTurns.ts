import { RECEIPTS_PER_BATCH } from './sqsSettling.ts';

/** A receive that is due. */
export interface Grant {
  /** Its place among the queues. */
  readonly queue: number;
  /** Messages to ask for. */
  readonly maximum: number;
  /** For messages: `none` while others have some, `brief` while others need the same slot, `whole` as long as a poll may take. */
  readonly wait: 'none' | 'brief' | 'whole';
}

interface QueueState {
  readonly weight: number;
  /** Messages that it was given slots for, divided by its weight. The least has the next turn. */
  served: number;
  /** What it had before the receive under way. */
  servedBefore: number;
  /** When it last answered with nothing, and has not answered otherwise since. */
  emptyAt: number | undefined;
  state: 'away' | 'asking' | 'receiving';
  /** Number of its last grant. */
  lastGrant: number;
}

/** A queue that was empty is not asked again so soon while another has messages: its empty answers would cost more than they tell. */
const REST_MS = 1_000;

/**
 * Whose receive is due, of several queues that share slots. While all have messages, they are given slots in proportion to their weights;
 * none starves, and none saves up for later what it did not need. While all are empty, each that a slot is free for is waited on.
 */
export class WeightedTurns {
  readonly #queues: readonly QueueState[];
  /** What the queue had been served that had the last turn. */
  #served = 0;
  #grants = 0;

  constructor(weights: readonly number[]) {
    this.#queues = weights.map((weight) => ({
      weight,
      served: 0,
      servedBefore: 0,
      emptyAt: undefined,
      state: 'away',
      lastGrant: 0,
    }));
  }

  ask(queue: number): void {
    this.#at(queue).state = 'asking';
  }

  /** Takes the wish for a turn back, or a turn that was not used. */
  withdraw(queue: number): void {
    const own = this.#at(queue);
    if (own.state === 'receiving') own.served = own.servedBefore;
    own.state = 'away';
  }

  /** How many messages a receive has brought; 0 for one that failed. */
  answered(queue: number, received: number, now: number): void {
    const own = this.#at(queue);
    own.served = own.servedBefore + received / own.weight;
    own.emptyAt = received === 0 ? now : undefined;
    own.state = 'away';
  }

  /** The next receive for some of the free slots. To be asked until there is none. */
  next(free: number, now: number): Grant | undefined {
    if (free <= 0) return undefined;
    return this.#queues.every(({ emptyAt }) => emptyAt !== undefined)
      ? this.#nextPoll(free)
      : this.#nextShare(free, now);
  }

  #nextPoll(free: number): Grant | undefined {
    const [own] = this.#queues
      .filter(({ state }) => state === 'asking')
      .toSorted((a, b) => a.lastGrant - b.lastGrant);
    const unpolled = this.#queues.filter(({ state }) => state !== 'receiving');
    return own && this.#grant(own, 1, free >= unpolled.length ? 'whole' : 'brief');
  }

  #nextShare(free: number, now: number): Grant | undefined {
    const due = this.#queues.filter(({ emptyAt, state }) => {
      return emptyAt === undefined || (state === 'asking' && now - emptyAt >= REST_MS);
    });
    for (const own of due) this.#catchUp(own);
    const least = Math.min(...due.map(({ served }) => served));
    const own = due.find(({ state, served }) => state === 'asking' && served === least);
    if (!own) return undefined;
    const weights = due.reduce((sum, { weight }) => sum + weight, 0);
    const share = Math.ceil((free * own.weight) / weights);
    return this.#grant(own, Math.min(RECEIPTS_PER_BATCH, share), 'none');
  }

  #grant(own: QueueState, maximum: number, wait: Grant['wait']): Grant {
    this.#catchUp(own);
    this.#served = Math.max(this.#served, own.served);
    this.#grants += 1;
    own.lastGrant = this.#grants;
    own.servedBefore = own.served;
    own.served += maximum / own.weight;
    own.state = 'receiving';
    return { queue: this.#queues.indexOf(own), maximum, wait };
  }

  /** Who had nothing to be served with has no claim to what others were served meanwhile. */
  #catchUp(own: QueueState): void {
    if (own.emptyAt !== undefined) own.served = Math.max(own.served, this.#served);
  }

  #at(queue: number): QueueState {
    const own = this.#queues[queue];
    if (!own) throw new RangeError(`expected a queue below ${this.#queues.length}, got ${queue}`);
    return own;
  }
}
