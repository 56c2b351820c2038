import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AnyTask,
  type InputOf,
  PublishError,
  type Schedule,
} from '@taskfleet/toolbox/contract';
import type { AskedTask } from './check/facts.ts';
import { flaky, parent, quick, slow, step } from './fleet/labFleet.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';

export interface IssueOptions {
  readonly schedule: Schedule;
  readonly seed: string;
  readonly durationMs: number;
}

const GROUPS = ['a', 'b', 'c', 'd'];

/** Schedules tasks of all kinds over the time, and tells which were acknowledged. */
export async function issueTasks(options: IssueOptions): Promise<AskedTask[]> {
  const issuer = new Issuer(options);
  const endsAt = performance.now() + options.durationMs;
  while (performance.now() < endsAt) {
    issuer.issue();
    await sleep(issuer.pauseMs);
  }
  return issuer.answers();
}

class Issuer {
  readonly #schedule: Schedule;
  readonly #random: SeededRandom;
  readonly #asking: Promise<AskedTask[]>[] = [];
  readonly #sequences = new Map<string, number>();
  #n = 0;

  constructor({ schedule, seed }: IssueOptions) {
    this.#schedule = schedule;
    this.#random = seededRandom(seed, 'tasks');
  }

  get pauseMs(): number {
    return this.#random.between(40, 400);
  }

  async answers(): Promise<AskedTask[]> {
    return (await Promise.all(this.#asking)).flat();
  }

  issue(): void {
    const dice = this.#random.next();
    if (dice < 0.3) this.#ask(quick, { n: this.#next() });
    else if (dice < 0.45)
      this.#ask(slow, { n: this.#next(), ms: this.#random.whole(1_500, 4_000) });
    else if (dice < 0.6) this.#ask(flaky, { n: this.#next() });
    else if (dice < 0.7) this.#ask(parent, { n: this.#next(), children: this.#random.whole(1, 3) });
    else this.#askForSteps(this.#random.pick(GROUPS), this.#random.whole(1, 3));
  }

  /** In one moment: the order of the calls is to be kept within one batch, too. */
  #askForSteps(group: string, count: number): void {
    for (let i = 0; i < count; i += 1) {
      const sequence = (this.#sequences.get(group) ?? 0) + 1;
      this.#sequences.set(group, sequence);
      this.#ask(step, { n: this.#next(), group, sequence }, { group, sequence });
    }
  }

  #ask<T extends AnyTask>(
    task: T,
    input: InputOf<T> & { readonly n: number },
    place: Pick<AskedTask, 'group' | 'sequence'> = {},
  ): void {
    const about = { task: String(task.name), n: input.n, ...place };
    const asking = this.#schedule(task, input).then(
      ({ id }) => [{ ...about, id, answer: 'acknowledged' as const }],
      (error: unknown) => {
        if (!(error instanceof PublishError)) throw error;
        return [{ ...about, id: error.id, answer: 'rejected' as const }];
      },
    );
    this.#asking.push(asking);
    // Awaited at the end; a defect must not end the process before that.
    asking.catch(() => undefined);
  }

  #next(): number {
    return (this.#n += 1);
  }
}
