import { type RunningDispatcher, startDispatcher } from '@taskfleet/platform/dispatcher';
import { createClients } from '@taskfleet/toolbox/aws';
import type { Fleet, TaskId } from '@taskfleet/toolbox/contract';
import { createScheduler, type Publisher } from '@taskfleet/toolbox/schedule';
import { DUE_SHARDS, readDue, type TaskTable } from '@taskfleet/toolbox/table';
import { memoryLog } from '../../shared-toolbox/testing/memoryLog.ts';
import { OneAtATime } from '../fixtures/oneAtATime.ts';
import { type VirtualClock, virtualClock } from '../fixtures/virtualClock.ts';
import { Misfortunes, type Mortal, type PlannedMisfortune } from './misfortunes.ts';
import { TopicModel } from './topicModel.ts';

export interface DispatchLabOptions {
  readonly table: TaskTable;
  readonly fleet: Fleet;
  readonly startsAt: number;
  readonly misfortunes: readonly PlannedMisfortune[];
  /** From 0 up to 1: all that is left to chance. */
  readonly random: () => number;
}

interface Replica extends Mortal {
  readonly dispatcher: RunningDispatcher;
}

const REPLICAS = 3;

/** Shorter than a look, a look, a beat, and longer than a lease. */
const PASSES_MS = [120, 500, 2_500, 6_000, 17_000];

/**
 * Three dispatchers that die before or after a write or a publish, are refused, lose answers or stand still, and are replaced; a topic and
 * a worker without processes; and a clock that is moved by hand. The table is real; what one seed does, it does again.
 */
export class DispatchLab {
  readonly clock: VirtualClock;
  readonly topic: TopicModel;
  readonly scheduler;
  readonly #options: DispatchLabOptions;
  readonly #line = new OneAtATime();
  readonly #misfortunes: Misfortunes;
  readonly #ending: Promise<void>[] = [];
  #replicas: readonly Replica[] = [];
  #started = 0;

  constructor(options: DispatchLabOptions) {
    const { random, startsAt, misfortunes, table } = options;
    this.#options = options;
    this.clock = virtualClock(startsAt, random);
    this.#misfortunes = new Misfortunes(misfortunes, this.clock);
    this.topic = new TopicModel({ table, clock: this.clock });
    const sns = createClients({ region: 'eu-central-1' }).sns;
    const nowhere = 'arn:aws:sns:eu-central-1:000000000000:nowhere.fifo';
    this.scheduler = createScheduler({ sns, topicArn: nowhere, table, clock: this.clock });
    for (let i = 0; i < REPLICAS; i += 1) this.#begin();
  }

  /** Moves the clock past `until`, by passes and by leaps to moments around what is due. */
  async moveOn(until: number, due: readonly number[]): Promise<void> {
    this.#misfortunes.isOn = true;
    while (this.clock.now() < until) {
      await this.#turn(this.#pick(PASSES_MS) ?? 500);
      const next = this.#pick(due.filter((at) => at > this.clock.now()).slice(0, 3));
      const leapMs = (next ?? until) - this.clock.now() + (this.#options.random() - 0.7) * 3_000;
      if (leapMs > 60_000) this.clock.putOn(Math.round(leapMs));
    }
  }

  /** Nothing goes wrong until that is so; at most for a hundred seconds. */
  async settle(isDone: () => Promise<boolean>): Promise<void> {
    this.#misfortunes.isOn = false;
    for (let turns = 0; turns < 100; turns += 1) {
      await this.#turn(1_000);
      if (await isDone()) return;
    }
  }

  async waiting(): Promise<TaskId[]> {
    const { table } = this.#options;
    const found = DUE_SHARDS.map(async (shard) => readDue(table, shard, Number.MAX_SAFE_INTEGER));
    return (await Promise.all(found)).flat().map(({ id }) => id);
  }

  async stop(): Promise<void> {
    this.#misfortunes.isOn = false;
    for (const replica of this.#replicas) this.#end(replica);
    // What stands still goes on, and then ends as well.
    await this.#turn(60_000);
    await Promise.all(this.#ending);
    this.scheduler.close();
  }

  /** As much as follows from this much time. */
  async #turn(ms: number): Promise<void> {
    this.clock.pass(ms);
    await this.#line.idle();
    await this.topic.deliver();
    for (const dead of this.#replicas.filter(({ isAlive }) => !isAlive)) {
      if (this.#options.random() < 0.4) continue;
      this.#end(dead);
      this.#begin();
    }
  }

  #begin(): void {
    const mortal: Mortal = { isAlive: true };
    const { clock, topic } = this;
    const publisher: Pick<Publisher, 'publish' | 'availability'> = {
      availability: () => ({ available: true }),
      publish: async (message) => this.#write(mortal, async () => topic.take(message)),
    };
    const dispatcher = startDispatcher({
      fleet: this.#options.fleet,
      table: this.#tableOf(mortal),
      publisher,
      clock,
      log: memoryLog().log,
      holder: `replica ${(this.#started += 1)}`,
    });
    this.#replicas = [...this.#replicas, Object.assign(mortal, { dispatcher })];
  }

  #end(replica: Replica): void {
    this.#replicas = this.#replicas.filter((some) => some !== replica);
    this.#ending.push(replica.dispatcher.stop());
  }

  async #write<T>(mortal: Mortal, act: () => Promise<T>): Promise<T> {
    return this.#misfortunes.strike(mortal, async () => this.#line.do(act));
  }

  #tableOf(mortal: Mortal): TaskTable {
    const { table } = this.#options;
    const reads = new Set(['GetItemCommand', 'QueryCommand', 'BatchGetItemCommand']);
    const dynamodb = new Proxy(table.dynamodb, {
      get: (target, property) => {
        if (property !== 'send') return Reflect.get(target, property) as unknown;
        return async (command: object) => {
          const send = async () => target.send(command as never);
          if (!reads.has(command.constructor.name)) return this.#write(mortal, send);
          if (!mortal.isAlive) throw new Error('it is dead');
          return this.#line.do(send);
        };
      },
    });
    return { ...table, dynamodb };
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#options.random() * from.length)];
  }
}
