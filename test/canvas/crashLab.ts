import {
  awaitFlowOutput,
  confirmStart,
  createFlows,
  createStart,
  type Flows,
  startFlow,
} from '@taskfleet/toolbox/canvas';
import { systemClock } from '@taskfleet/toolbox/clock';
import {
  type Canvas,
  defineTask,
  type Json,
  type Step,
  type TaskId,
  type TaskMessage,
} from '@taskfleet/toolbox/contract';
import {
  claimTask,
  type Flow,
  readFlow,
  readResult,
  readStop,
  recordCancelled,
  recordFailed,
  recordSucceeded,
  type TaskTable,
} from '@taskfleet/toolbox/table';
import { z } from 'zod';

/** Returns its input, or fails when that says so. */
export const work = defineTask('lab.work', {
  input: z.object({ n: z.int(), fails: z.boolean() }),
  output: z.int(),
});
/** Returns what it is given. */
export const wrap = defineTask('lab.wrap', {
  input: z.json(),
  output: z.object({ was: z.json() }),
});
export const told = defineTask('lab.told', { input: z.json(), output: z.void() });

/** Thrown in place of what a process did not live to do. */
class Crash extends Error {}

export interface LabOptions {
  readonly table: TaskTable;
  /** How many writes and publishes succeed between two crashes; from the end on, there are none. */
  readonly crashes: readonly number[];
  /** From 0 up to 1, by turns: which message is received next. */
  readonly random: () => number;
}

/**
 * A fleet without processes: messages in a set, workers that die before or after a write or a publish of theirs, and redelivery of
 * whatever was not deleted. The table is real.
 */
export class CrashLab {
  /** Every publish, by id: publishing again is allowed, and what it leads to must not differ. */
  readonly published = new Map<TaskId, TaskMessage>();
  /** How often each task was run. */
  readonly runs = new Map<TaskId, number>();
  readonly #waiting = new Map<TaskId, TaskMessage>();
  readonly #options: LabOptions;
  readonly #crashes: number[];
  readonly #flows: Flows;
  readonly #table: TaskTable;
  #isAlive = true;

  constructor(options: LabOptions) {
    this.#options = options;
    this.#crashes = [...options.crashes];
    this.#table = { ...options.table, dynamodb: this.#mortal(options.table.dynamodb) };
    this.#flows = createFlows({
      table: this.#table,
      bucket: undefined,
      clock: systemClock,
      post: async (_task, message) =>
        this.#act(async () => {
          const isKnown = this.published.has(message.id);
          this.published.set(message.id, message);
          // The topic drops a second one for five minutes, and lets it pass from then on.
          if (!isKnown || options.random() < 0.5) this.#waiting.set(message.id, message);
        }),
    });
  }

  async run(canvas: Step, callbacks: { onSuccess: Canvas<Json>; onFailure: Canvas }) {
    const { table } = this.#options;
    const starting = { table, bucket: undefined, clock: systemClock };
    // The scheduler dies after its acknowledgement.
    const flows = { ...this.#flows, begin: async () => Promise.reject(new Crash('killed')) };
    const start = createStart({
      clock: systemClock,
      lanes: { laneOf: () => undefined },
      origin: undefined,
      port: {
        start: async (planned) => startFlow({ ...starting, flows }, planned),
        output: async (id, timeoutMs) => awaitFlowOutput({ ...starting, id, timeoutMs }),
      },
    });
    const handle = await start(canvas as Canvas<unknown>, callbacks as never);
    await this.#begin(handle.id);
    while (this.#waiting.size > 0) await this.#receive();
    return handle;
  }

  /** As the platform does, until the start is confirmed. */
  async #begin(id: TaskId): Promise<void> {
    for (;;) {
      this.#isAlive = true;
      try {
        const flow: Flow | undefined = await readFlow(this.#options.table, id);
        if (flow?.dueAt === undefined) return;
        await this.#flows.begin(flow);
        await confirmStart({ table: this.#table, bucket: undefined }, flow);
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
      }
      // Its messages are received while the next one begins it again.
      if (this.#waiting.size > 0) await this.#receive();
    }
  }

  async #receive(): Promise<void> {
    this.#isAlive = true;
    const messages = [...this.#waiting.values()];
    const message = messages[Math.floor(this.#options.random() * messages.length)];
    if (!message) return;
    try {
      await this.#end(message);
      const record = await readResult(this.#options.table, message.id);
      if (message.flow) await this.#flows.advance(message.flow, record);
      this.#waiting.delete(message.id);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }

  /** Runs a task, once, and records how it ended. */
  async #end({ id, flow, task, input }: TaskMessage): Promise<void> {
    const { table } = this.#options;
    if (await readResult(table, id)) return;
    const now = Date.now();
    const times = { now, createdAt: now, retentionMs: 3_600_000 };
    const stop = flow && (await readStop(table, flow));
    if (stop) {
      await recordCancelled(table, { id, cancel: stop, met: undefined, ...times });
      return;
    }
    await this.#work({ id, task, input }, times);
  }

  async #work(
    { id, task, input }: Pick<TaskMessage, 'id' | 'task' | 'input'>,
    times: { readonly now: number; readonly createdAt: number; readonly retentionMs: number },
  ): Promise<void> {
    const { table } = this.#options;
    const { now } = times;
    this.runs.set(id, (this.runs.get(id) ?? 0) + 1);
    const claim = { id, nonce: id, holder: 'lab', maxAttempts: 1, now };
    const held = { id, token: (await claimTask(table, claim)).record.token };
    const value = work.input.safeParse(input);
    if (task === work.name && value.data?.fails) {
      const error = { name: 'Error', message: `fails ${value.data.n}`, attempt: 1, at: now };
      await recordFailed(table, held, { ...times, error });
      return;
    }
    const output = task === work.name ? (value.data?.n ?? 0) : { was: input ?? null };
    await recordSucceeded(table, held, { ...times, output });
  }

  /** A process dies before what it does, or after; then it does nothing more. */
  async #act<T>(act: () => Promise<T>): Promise<T> {
    if (!this.#isAlive) throw new Crash('dead already');
    const [left] = this.#crashes;
    if (left === undefined) return act();
    if (left > 0) {
      this.#crashes[0] = left - 1;
      return act();
    }
    this.#crashes.shift();
    this.#isAlive = false;
    // By turns before and after: both are the same to whoever comes next, or should be.
    if (this.#crashes.length % 2 === 0) await act();
    throw new Crash('killed');
  }

  #mortal(client: TaskTable['dynamodb']): TaskTable['dynamodb'] {
    const writes = new Set(['PutItemCommand', 'UpdateItemCommand']);
    return new Proxy(client, {
      get: (target, property) => {
        if (property !== 'send') return Reflect.get(target, property) as unknown;
        return async (command: object) => {
          const send = async () => target.send(command as never);
          return writes.has(command.constructor.name) ? this.#act(send) : send();
        };
      },
    });
  }
}
