import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import {
  implement,
  type TaskContext,
  type TaskId,
  type TaskState,
} from '@taskfleet/toolbox/contract';
import { createLog } from '@taskfleet/toolbox/log';
import { systemClock } from '@taskfleet/toolbox/clock';
import { startWorker, type StartWorkerOptions } from '@taskfleet/toolbox/runtime';
import { vi } from 'vitest';
import { notesWorker } from './notesFleet.ts';
import { type NotesStack, startNotesStack } from './notesStack.ts';

/** What the handler of every task does. */
export type Behave = (input: unknown, context: TaskContext) => unknown;

/** Something that runs a worker's handlers, until it is stopped. */
export interface Runtime {
  stop(): Promise<void>;
}

export type StartRuntime<R extends Runtime = Runtime> = (options: StartWorkerOptions) => R;

export interface LoggedLine {
  readonly event?: string;
  readonly [field: string]: unknown;
}

const PATIENCE = { timeout: 15_000, interval: 20 } as const;

/** The stack, a worker whose handlers do as the test says, and ways to wait for what becomes of a task. */
export class WorkerBench<R extends Runtime = Runtime> {
  readonly stack: NotesStack;
  readonly lines: LoggedLine[] = [];
  behave: Behave = () => null;
  readonly #startRuntime: StartRuntime<R>;
  #worker: R | undefined;

  constructor(stack: NotesStack, startRuntime: StartRuntime<R>) {
    this.stack = stack;
    this.#startRuntime = startRuntime;
  }

  static async open(): Promise<WorkerBench>;
  static async open<R extends Runtime>(startRuntime: StartRuntime<R>): Promise<WorkerBench<R>>;
  static async open(startRuntime: StartRuntime = startWorker): Promise<WorkerBench> {
    return new WorkerBench(await startNotesStack(), startRuntime);
  }

  async close(): Promise<void> {
    await this.stop();
    await this.stack.stop();
  }

  /** Lets the handlers behave so from now on; starts the worker unless it runs. */
  start(behave: Behave, { graceSeconds = 30 } = {}): R {
    this.behave = behave;
    this.lines.length = 0;
    this.#worker ??= this.#startWorker(graceSeconds);
    return this.#worker;
  }

  #startWorker(graceSeconds: number): R {
    const handler = async (input: unknown, context: TaskContext) =>
      this.behave(input, context) as never;
    const write = (line: string) => void this.lines.push(JSON.parse(line) as LoggedLine);
    return this.#startRuntime({
      implementation: implement(notesWorker, {
        'notes.add': handler,
        'notes.order': handler,
        'notes.limited': handler,
      }),
      clients: this.stack.clients,
      resources: this.stack.resources,
      clock: systemClock,
      log: createLog({ level: 'debug', destination: { write } }),
      holder: 'notes_00000000000a',
      pollSeconds: 1,
      graceSeconds,
    });
  }

  async stop(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = undefined;
  }

  /** Until the worker's queue holds nothing, visible or hidden. */
  async untilQueueEmpty(): Promise<void> {
    const command = new GetQueueAttributesCommand({
      QueueUrl: this.stack.resources.queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    });
    await vi.waitFor(async () => {
      const { Attributes = {} } = await this.stack.clients.sqs.send(command);
      const left = Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
      if (left > 0) throw new Error(`expected an empty queue, it has ${left} messages`);
    }, PATIENCE);
  }

  events(name: string): LoggedLine[] {
    return this.lines.filter(({ event }) => event === name);
  }

  async untilState(id: TaskId, state: TaskState): Promise<void> {
    await vi.waitFor(async () => {
      const record = await this.stack.recordOf(id);
      if (record?.state !== state) throw new Error(`expected ${state}, got ${record?.state}`);
    }, PATIENCE);
  }

  async untilEvent(name: string): Promise<void> {
    await vi.waitFor(() => {
      if (this.events(name).length === 0) throw new Error(`expected ${name}, it did not happen`);
    }, PATIENCE);
  }
}
