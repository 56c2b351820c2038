import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Grant, WeightedTurns } from './weightedTurns.ts';

const WEIGHTS = [6, 3, 1] as const;
const [HIGH, NORMAL, LOW] = [0, 1, 2];
const BATCH = 10;

/** Consumers of three queues with so many messages each, which answer in the order that a test says. */
class Simulation {
  readonly turns = new WeightedTurns(WEIGHTS);
  readonly received = [0, 0, 0];
  readonly receiving: Grant[] = [];
  readonly waiting: number[];
  readonly concurrency: number;
  now = 0;
  running = 0;

  constructor(concurrency: number, waiting: readonly number[]) {
    this.concurrency = concurrency;
    this.waiting = [...waiting];
    for (const queue of WEIGHTS.keys()) this.turns.ask(queue);
    this.share();
  }

  get free(): number {
    const kept = this.receiving.reduce((sum, { maximum }) => sum + maximum, 0);
    return this.concurrency - this.running - kept;
  }

  share(): void {
    for (;;) {
      const grant = this.turns.next(this.free, this.now);
      if (!grant) break;
      this.receiving.push(grant);
      if (this.free < 0) throw new Error(`${-this.free} more were asked for than there are slots`);
    }
  }

  /** The receive of that place answers with what it asked for, or what there is. */
  answer(place: number): void {
    const [grant] = this.receiving.splice(place % this.receiving.length, 1);
    if (!grant) return;
    const { queue, maximum } = grant;
    const count = Math.min(maximum, this.waiting[queue] ?? 0);
    this.waiting[queue]! -= count;
    this.received[queue]! += count;
    this.running += count;
    this.turns.answered(queue, count, this.now);
    this.turns.ask(queue);
    this.share();
  }

  finish(count: number): void {
    this.running -= Math.min(this.running, count);
    this.share();
  }
}

const step = fc.record({ place: fc.nat(2), finished: fc.nat(12), ms: fc.nat(400) });
const steps = fc.array(step, { minLength: 50, maxLength: 400 });
const concurrency = fc.integer({ min: 1, max: 60 });

function play(
  simulation: Simulation,
  script: readonly { place: number; finished: number; ms: number }[],
) {
  for (const { place, finished, ms } of script) {
    simulation.now += ms;
    simulation.finish(finished);
    simulation.answer(place);
  }
}

describe('queues that share slots', () => {
  it('are served by their weights while all have messages, whoever answers first', () => {
    fc.assert(
      fc.property(concurrency, steps, (slots, script) => {
        const simulation = new Simulation(slots, [1e6, 1e6, 1e6]);
        play(simulation, script);
        const served = WEIGHTS.map((weight, queue) => simulation.received[queue]! / weight);
        // As much as one receive of each: they are given slots in whole messages.
        const mostOf = (queue: number) =>
          Math.min(BATCH, Math.ceil((slots * WEIGHTS[queue]!) / 10));
        for (const a of WEIGHTS.keys()) {
          for (const b of WEIGHTS.keys()) {
            const bound = mostOf(a) / WEIGHTS[a]! + mostOf(b) / WEIGHTS[b]!;
            expect(served[a]! - served[b]!).toBeLessThanOrEqual(bound + 1e-9);
          }
        }
      }),
    );
  });

  it('give the least urgent its share of a permanent load', () => {
    const simulation = new Simulation(10, [1e6, 0, 1e6]);
    for (let i = 0; i < 2_000; i += 1) {
      simulation.now += 10;
      simulation.finish(1);
      while (simulation.receiving.length > 0) simulation.answer(0);
    }
    const [high = 0, , low = 0] = simulation.received;
    expect(low / (high + low)).toBeCloseTo(1 / 7, 2);
  });

  it('never stand still while a slot is free and a message waits', () => {
    const waiting = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40));
    fc.assert(
      fc.property(concurrency, waiting, steps, (slots, given, script) => {
        const simulation = new Simulation(slots, given);
        play(simulation, script);
        for (let i = 0; i < 1_000; i += 1) {
          simulation.now += 50;
          simulation.answer(0);
          simulation.finish(slots);
        }
        expect(simulation.waiting).toEqual([0, 0, 0]);
      }),
    );
  });

  it('let what comes first overtake, though another has saved nothing up', () => {
    const simulation = new Simulation(1, [0, 0, 1e6]);
    for (let i = 0; i < 500; i += 1) {
      simulation.now += 100;
      simulation.finish(1);
      simulation.answer(0);
    }
    simulation.waiting[HIGH] = 1e6;
    const before = [...simulation.received];
    for (let i = 0; i < 500; i += 1) {
      simulation.now += 100;
      simulation.finish(1);
      simulation.answer(0);
    }
    const gained = simulation.received.map((count, queue) => count - before[queue]!);
    expect(gained[HIGH]! / gained[LOW]!).toBeGreaterThan(5);
    // Of what was served while it had nothing, it is owed nothing: the other goes on.
    expect(gained[LOW]).toBeGreaterThan(50);
  });
});

describe('an empty queue', () => {
  it('is asked once a second while another has messages, and does not keep slots waiting', () => {
    const simulation = new Simulation(10, [0, 0, 1e6]);
    let probes = 0;
    for (let i = 0; i < 1_000; i += 1) {
      simulation.now += 10;
      simulation.finish(10);
      while (simulation.receiving.length > 0 && probes <= 22) {
        const [{ queue, wait }] = simulation.receiving as [Grant];
        expect(wait).toBe('none');
        if (queue !== LOW) probes += 1;
        simulation.answer(0);
        if (simulation.free === 0) break;
      }
    }
    // Two queues, ten seconds.
    expect(probes).toBeLessThanOrEqual(22);
    expect(probes).toBeGreaterThanOrEqual(16);
  });

  it.each([
    [10, ['whole', 'whole', 'whole']],
    [3, ['whole', 'whole', 'whole']],
    [2, ['brief', 'brief']],
    [1, ['brief']],
  ])('is waited on with one slot while all are, of %i slots', (slots, waits) => {
    const simulation = new Simulation(slots, [0, 0, 0]);
    for (let i = 0; i < 9; i += 1) simulation.answer(0);
    expect(simulation.receiving.map(({ wait }) => wait)).toEqual(waits);
    expect(simulation.receiving.every(({ maximum }) => maximum === 1)).toBe(true);
  });

  it('takes its turn with the others where there are fewer slots than queues', () => {
    const simulation = new Simulation(1, [0, 0, 0]);
    for (let i = 0; i < 3; i += 1) simulation.answer(0);
    const polled: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      polled.push(simulation.receiving[0]!.queue);
      simulation.answer(0);
    }
    expect(polled).toEqual([HIGH, NORMAL, LOW, HIGH, NORMAL, LOW]);
  });
});
