import { setTimeout as sleep } from 'node:timers/promises';
import { isTerminal, type TaskState } from '@taskfleet/toolbox/contract';
import type { TaskTable } from '@taskfleet/toolbox/table';
import type { SeenResult } from '../check/facts.ts';
import { SideLogTail } from '../fleet/sideLog.ts';
import { readSeen } from './readSeen.ts';

export interface WitnessOptions {
  /** Past the proxies: a witness suffers no faults but the emulator's restarts. */
  readonly table: TaskTable;
  /** The tasks that it looks at are those whose handlers have said anything. */
  readonly sideLog: string;
}

const LOOK_EVERY_MS = 400;

/** Looks at results over and over, and keeps what changed: an end that is overwritten leaves no other trace. */
export class Witness {
  readonly #options: WitnessOptions;
  readonly #seen: SeenResult[] = [];
  readonly #last = new Map<string, string>();
  readonly #ended = new Set<string>();
  readonly #begun = new Set<string>();
  readonly #stopping = new AbortController();
  #watching: Promise<void> = Promise.resolve();

  constructor(options: WitnessOptions) {
    this.#options = options;
  }

  start(): void {
    this.#watching = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#watching;
  }

  /** Everything seen so far, after one more look at these. */
  async lookAt(ids: readonly string[]): Promise<readonly SeenResult[]> {
    for (const result of await readSeen(this.#options.table, ids)) this.#note(result);
    return this.#seen;
  }

  async #watch(): Promise<void> {
    const said = new SideLogTail(this.#options.sideLog);
    while (!this.#stopping.signal.aborted) {
      for (const { id } of said.read()) this.#begun.add(id);
      // While the emulator restarts there is nothing to be seen.
      await this.lookAt([...this.#begun]).catch(() => undefined);
      for (const id of this.#ended) this.#begun.delete(id);
      await sleep(LOOK_EVERY_MS, undefined, { signal: this.#stopping.signal }).catch(
        () => undefined,
      );
    }
  }

  #note(result: SeenResult): void {
    const { at: _at, ...rest } = result;
    const text = JSON.stringify(rest);
    if (isTerminal(result.state as TaskState)) this.#ended.add(result.id);
    if (this.#last.get(result.id) === text) return;
    this.#last.set(result.id, text);
    this.#seen.push(result);
  }
}
