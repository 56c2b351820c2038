import type { AnyTask } from '../../contract/index.ts';
import type { Log } from '../../log/index.ts';
import { type Control, wantedOf, type WantedState } from '../../table/index.ts';
import { limitedTask } from './limitedTask.ts';

export interface OrdersOptions {
  /** Of this process. */
  readonly id: string;
  /** Called with the concurrency that is wanted; undefined for the contract's. */
  readonly onConcurrency: (concurrency: number | undefined) => void;
  readonly log: Pick<Log, 'event'>;
}

/** What this process is told, obeyed as it is heard. */
export class Orders {
  /** Resolves when somebody wants this process to end. */
  readonly shutdown: Promise<void>;
  readonly #options: OrdersOptions;
  readonly #shutdown = Promise.withResolvers<void>();
  #state: WantedState = { paused: false };
  #limits: Control['limits'];
  #bornAt: number | undefined;
  #revision = 0;
  #hasBegun = false;
  #open: PromiseWithResolvers<void> | undefined = Promise.withResolvers<void>();

  constructor(options: OrdersOptions) {
    this.#options = options;
    this.shutdown = this.#shutdown.promise;
  }

  /** Of what was heard last. */
  get revision(): number {
    return this.#revision;
  }

  get paused(): boolean {
    return this.#state.paused;
  }

  /** Whether anything was heard yet. */
  get isBorn(): boolean {
    return this.#bornAt !== undefined;
  }

  /** A promise that resolves once this process may receive; undefined when it may. Before `begin()` it may not. */
  readonly whenOpen = (): Promise<void> | undefined => this.#open?.promise;

  /** The task as somebody wants its time limits to be. */
  readonly limited = (task: AnyTask): AnyTask => limitedTask(task, this.#limits?.[task.name]);

  /** Obeys. What was read from a copy of the table that lags behind is left alone. */
  hear(control: Control): void {
    if (this.#bornAt !== undefined && control.revision <= this.#revision) return;
    this.#bornAt ??= control.revision;
    this.#revision = control.revision;
    this.#limits = control.limits;
    const before = this.#state;
    this.#state = wantedOf(control, { id: this.#options.id, bornAt: this.#bornAt });
    this.#obey(before);
  }

  /** Its orders cannot be read, for a reason that waiting does not mend: it works as its contract says. */
  giveUpHearing(): void {
    this.#bornAt ??= this.#revision;
  }

  /** From now on it may receive, unless it is told not to. */
  begin(): void {
    this.#hasBegun = true;
    this.#openOrClose();
  }

  #obey(before: WantedState): void {
    const { log, onConcurrency } = this.#options;
    const { paused, concurrency, shutdownBy } = this.#state;
    if (paused !== before.paused) log.event(paused ? 'worker.paused' : 'worker.resumed', {});
    this.#openOrClose();
    if (concurrency !== before.concurrency) onConcurrency(concurrency);
    if (shutdownBy === undefined || before.shutdownBy !== undefined) return;
    log.event('worker.dismissed', { by: shutdownBy });
    this.#shutdown.resolve();
  }

  #openOrClose(): void {
    if (this.#state.paused || !this.#hasBegun) {
      this.#open ??= Promise.withResolvers<void>();
      return;
    }
    this.#open?.resolve();
    this.#open = undefined;
  }
}
