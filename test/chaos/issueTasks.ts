import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AnyTask,
  type InputOf,
  PublishError,
  type Schedule,
  type Start,
} from '@taskfleet/toolbox/contract';
import type { Asked, AskedTask } from './check/facts.ts';
import { flaky, parent, quick, slow, step } from './fleet/labFleet.ts';
import { LaterIssuer } from './issueLater.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';

/** Least and most, in milliseconds. */
type Range = readonly [least: number, most: number];

export interface TaskPace {
  /** Between two moments of scheduling. */
  readonly pauseMs: Range;
  /** Between two flows or deferred tasks. */
  readonly laterPauseMs: Range;
  /** How long a slow task takes. */
  readonly slowMs: Range;
  /** How long a flow's callback takes. */
  readonly callbackMs: Range;
  /** Groups of steps. */
  readonly groups: readonly string[];
}

/** Ways to the fleet. */
export interface Asking {
  readonly schedule: Schedule;
  readonly start: Start;
  /** Of a task or a flow. May reject. */
  readonly cancel: (id: string) => Promise<unknown>;
  /** May reject. */
  readonly deliverAgain: (id: string) => Promise<unknown>;
  readonly seed: string;
}

export interface IssueOptions extends Asking {
  readonly pace: TaskPace;
}

/** Tasks being scheduled until it is stopped. */
export interface Issuing {
  /** Calls of `schedule()` so far. */
  readonly asked: number;
  readonly stop: () => void;
  /** Which were acknowledged; once it has been stopped. */
  readonly answers: () => Promise<Asked>;
}

/** Schedules tasks of all kinds from now on. */
export function startIssuing(options: IssueOptions): Issuing {
  const issuer = new Issuer(options);
  const later = new LaterIssuer(options);
  const stopping = new AbortController();
  const done = Promise.all([issuer, later].map(async (one) => issueUntil(stopping.signal, one)));
  return {
    get asked() {
      return issuer.asked;
    },
    stop: () => stopping.abort(),
    answers: async () => {
      await done;
      const { tasks, flows } = await later.answers();
      return { tasks: [...(await issuer.answers()), ...tasks], flows };
    },
  };
}

async function issueUntil(
  signal: AbortSignal,
  issuer: Pick<Issuer, 'issue' | 'pauseMs'>,
): Promise<void> {
  while (!signal.aborted) {
    issuer.issue();
    await sleep(issuer.pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

class Issuer {
  readonly #options: IssueOptions;
  readonly #random: SeededRandom;
  readonly #pace: TaskPace;
  readonly #asking: Promise<AskedTask[]>[] = [];
  readonly #sequences = new Map<string, number>();
  #n = 0;

  constructor(options: IssueOptions) {
    this.#options = options;
    this.#pace = options.pace;
    this.#random = seededRandom(options.seed, 'tasks');
  }

  get pauseMs(): number {
    return this.#random.between(...this.#pace.pauseMs);
  }

  get asked(): number {
    return this.#n;
  }

  async answers(): Promise<AskedTask[]> {
    return (await Promise.all(this.#asking)).flat();
  }

  issue(): void {
    const dice = this.#random.next();
    if (dice < 0.3) this.#ask(quick, { n: this.#next() });
    else if (dice < 0.45)
      this.#ask(slow, { n: this.#next(), ms: this.#random.whole(...this.#pace.slowMs) });
    else if (dice < 0.6) this.#ask(flaky, { n: this.#next() });
    else if (dice < 0.7) this.#ask(parent, { n: this.#next(), children: this.#random.whole(1, 3) });
    else this.#askForSteps(this.#random.pick(this.#pace.groups), this.#random.whole(1, 3));
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
    const durable = this.#random.chance(0.3);
    const [isUnwanted, isDoubled] = [this.#random.chance(0.05), this.#random.chance(0.1)];
    const asking = this.#options.schedule(task, input, { durable }).then(
      ({ id }) => {
        if (isUnwanted) this.#soon(async () => this.#options.cancel(id));
        if (isDoubled) this.#soon(async () => this.#options.deliverAgain(id));
        return [{ ...about, id, answer: 'acknowledged' as const }];
      },
      (error: unknown) => {
        if (!(error instanceof PublishError)) throw error;
        return [{ ...about, id: error.id, answer: 'rejected' as const }];
      },
    );
    this.#asking.push(asking);
    // Awaited at the end; a defect must not end the process before that.
    asking.catch(() => undefined);
  }

  /** Somewhere in the task's life. What does not come about now does not matter. */
  #soon(act: () => Promise<unknown>): void {
    const waiting = sleep(this.#random.between(0, 2_000), undefined, { ref: false });
    waiting.then(act).catch(() => undefined);
  }

  #next(): number {
    return (this.#n += 1);
  }
}
