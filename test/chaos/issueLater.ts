import { setTimeout as sleep } from 'node:timers/promises';
import {
  chain,
  type Canvas,
  derivedTaskId,
  group,
  into,
  type Json,
  PublishError,
  type Schedule,
  signature,
  type Start,
  type TaskId,
} from '@taskfleet/toolbox/contract';
import type { Asked, AskedFlow, AskedTask } from './check/facts.ts';
import { gather, gone, member, quick, regret } from './fleet/labFleet.ts';
import type { TaskPace } from './issueTasks.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';

export interface IssueLaterOptions {
  readonly schedule: Schedule;
  readonly start: Start;
  /** Of a task or a flow. May reject. */
  readonly cancel: (id: string) => Promise<unknown>;
  readonly seed: string;
  readonly pace: Pick<TaskPace, 'laterPauseMs' | 'callbackMs'>;
}

/** `n` of other tasks are below. */
const FIRST_N = 1_000_000;

type Step = Canvas<unknown, Json, Json>;

/** Flows and deferred tasks. Draws by itself: what else a seed asks for stays as it was. */
export class LaterIssuer {
  readonly #options: IssueLaterOptions;
  readonly #random: SeededRandom;
  readonly #tasks: Promise<AskedTask>[] = [];
  readonly #flows: Promise<AskedFlow>[] = [];
  #n = FIRST_N;

  constructor(options: IssueLaterOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed, 'later');
  }

  get pauseMs(): number {
    return this.#random.between(...this.#options.pace.laterPauseMs);
  }

  async answers(): Promise<Asked> {
    return { tasks: await Promise.all(this.#tasks), flows: await Promise.all(this.#flows) };
  }

  issue(): void {
    const asking = this.#random.chance(0.6) ? this.#startFlow() : this.#defer();
    // Awaited at the end; a defect must not end the process before that.
    asking.catch(() => undefined);
  }

  #defer(): Promise<AskedTask> {
    const [n, delayMs] = [this.#next(), this.#random.whole(1_000, 5_000)];
    const asked = { task: quick.name, n, notBefore: Date.now() + delayMs };
    const asking = answered(asked, this.#options.schedule(quick, { n }, { delay: `${delayMs}ms` }));
    this.#tasks.push(asking);
    return asking;
  }

  /** Up to three members one after the other, a group, its callback. */
  #startFlow(): Promise<AskedFlow> {
    const n = this.#next();
    const links = this.#random.whole(0, 3);
    const size = this.#random.pick([0, 1, 2, 5, 12]);
    const failure = this.#random.pick(['failFast', 'allSettled'] as const);
    const steps = [
      ...Array.from({ length: links }, (_, stage) => this.#member(stage, 0, 0.03)),
      group(
        Array.from({ length: size }, (_, index) => this.#member(links, index, 0.06)),
        { failure },
      ) as Step,
    ];
    const canvas = (chain as (...all: readonly unknown[]) => Step)(
      ...steps,
      into(gather, 'results', { n, ms: this.#random.whole(...this.#options.pace.callbackMs) }),
    );
    const onFailure = into(regret, 'failure', { n });
    const starting = this.#options.start(canvas, { onFailure });
    const asking = answered({ n, failure, links, size }, starting);
    this.#flows.push(asking);
    const letter = failure === 'failFast' ? 'm' : 'a';
    const path = `r.s${links}.${letter}${this.#random.whole(0, Math.max(0, size - 1))}`;
    this.#mayCancel(starting, path);
    return asking;
  }

  /** The whole of it, or the member at this path. */
  #mayCancel(starting: ReturnType<Start>, path: string): void {
    const dice = this.#random.next();
    const afterMs = this.#random.between(0, 2_000);
    const idOf = (id: TaskId) => (dice < 0.06 ? id : derivedTaskId('lab', [id, path]));
    if (dice > 0.2) return;
    starting
      .then(async ({ id }) => {
        await sleep(afterMs, undefined, { ref: false });
        await this.#options.cancel(idOf(id));
      })
      // What does not come about now does not matter.
      .catch(() => undefined);
  }

  #member(stage: number, index: number, failing: number): Step {
    const fails = this.#random.chance(failing);
    const task = this.#random.chance(failing / 3) ? gone : member;
    const input = { n: this.#next(), stage, index, ms: this.#random.whole(1, 600), fails };
    return signature(task, input);
  }

  #next(): number {
    return (this.#n += 1);
  }
}

async function answered<A>(
  about: A,
  asking: Promise<{ readonly id: string }>,
): Promise<A & Pick<AskedTask, 'id' | 'answer'>> {
  try {
    const { id } = await asking;
    return { ...about, id, answer: 'acknowledged' };
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    return { ...about, id: error.id, answer: 'rejected' };
  }
}
