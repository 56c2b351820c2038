import { nearestName, type WorkerImplementation } from '@taskfleet/toolbox/contract';
import type { RunningWorker } from '@taskfleet/toolbox/runtime';
import { FleetStoppedError, UnknownWorkerError } from './errors.ts';
import { type Ground, workerOn } from './parts.ts';
import type { Polls } from './polls.ts';
import { giveBack, show } from './showMessages.ts';
import { heldBy, type QueuesParts } from './travel/queuesNow.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** A process of a worker, or what counts as one here. */
interface Process {
  /** Such as `export/1`. */
  readonly by: string;
  readonly running: RunningWorker;
}

export interface ProcessesParts extends QueuesParts {
  readonly polls: Polls;
}

/** The processes of a fleet's workers: one of each, and those that a fault has cut off. */
export class Processes {
  readonly #ground: Ground;
  readonly #parts: ProcessesParts;
  readonly #implementations: ReadonlyMap<string, WorkerImplementation>;
  readonly #current = new Map<string, Process>();
  readonly #all: Process[] = [];
  /** What resolves when requests of the process go on; never for one that was killed. */
  readonly #cutOff = new Map<string, Promise<void>>();
  #isClosed = false;
  readonly #stopped = Promise.withResolvers<never>();

  constructor(
    ground: Ground,
    parts: ProcessesParts,
    implementations: readonly WorkerImplementation[],
  ) {
    this.#ground = ground;
    this.#parts = parts;
    this.#implementations = new Map(implementations.map((one) => [one.worker.name, one]));
    this.#stopped.promise.catch(() => undefined);
    ground.wire.intercept(async (request, pass) => this.#inFrontOf(request, pass));
    for (const name of this.#implementations.keys()) this.begin(name);
  }

  /** Starts a process of the worker beside those that there are. */
  begin(worker: string): void {
    if (this.#isClosed) return;
    const implementation = this.#of(worker);
    const by = `${worker}/${this.#all.length + 1}`;
    const process = { by, running: workerOn(this.#ground, implementation, by) };
    this.#all.push(process);
    this.#current.set(worker, process);
  }

  /** Stops the worker's last process in order, as a deployment does, and begins another when it has ended. */
  async replace(worker: string): Promise<void> {
    this.#of(worker);
    const last = this.#current.get(worker);
    if (last) {
      this.#parts.polls.end(last.by);
      await last.running.stop();
    }
    this.begin(worker);
  }

  /**
   * Cuts off the worker's last process: until `until` resolves, nothing that it asks of AWS arrives. What it held comes back at once, as
   * it would after its lease.
   */
  async cutOff(worker: string, until: Promise<void>): Promise<void> {
    this.#of(worker);
    const { by = '' } = this.#current.get(worker) ?? {};
    this.#cutOff.set(by, until);
    const goesOn = () => this.#cutOff.delete(by);
    until.then(goesOn, goesOn);
    await show(this.#ground.sqs, heldBy(this.#parts, worker));
  }

  /** Throws UnknownWorkerError. */
  check(worker: string): void {
    this.#of(worker);
  }

  #of(worker: string): WorkerImplementation {
    const implementation = this.#implementations.get(worker);
    if (implementation) return implementation;
    const known = [...this.#implementations.keys()];
    throw new UnknownWorkerError(worker, nearestName(worker, known), known);
  }

  /** From now on none begins. */
  close(): void {
    this.#isClosed = true;
  }

  async stop(): Promise<void> {
    this.#stopped.reject(new FleetStoppedError());
    await Promise.all(this.#all.map(async ({ running }) => running.stop()));
  }

  async #inFrontOf(request: WireRequest, pass: () => Promise<WireAnswer>): Promise<WireAnswer> {
    const { by } = request;
    await this.#untilConnected(by);
    const answer = await pass();
    if (!this.#cutOff.has(by)) return answer;
    await giveBack(this.#ground.sqs, request, answer);
    await this.#untilConnected(by);
    // What a poll had brought is somebody else's by now.
    return request.operation === 'ReceiveMessage' ? {} : answer;
  }

  async #untilConnected(by: string): Promise<void> {
    const until = this.#cutOff.get(by);
    if (until) await Promise.race([until, this.#stopped.promise]);
  }
}
