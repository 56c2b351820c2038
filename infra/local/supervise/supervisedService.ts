import type { ChildProcess } from 'node:child_process';
import type { Clock } from '@taskfleet/toolbox/clock';
import { launch, type ServiceSpec } from './launch.ts';
import { restartDelayMs, STEADY_AFTER_MS } from './restartDelay.ts';

/** What there is to tell about a service. */
export type ServiceNews =
  | { readonly kind: 'ready'; readonly said: unknown }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'said'; readonly said: unknown }
  | { readonly kind: 'crashed'; readonly how: string; readonly restartInMs: number }
  | { readonly kind: 'killed' };

export interface SupervisedServiceOptions {
  /** Called before each start, so that a later one can differ: a port that is known by then, say. */
  readonly spec: () => ServiceSpec;
  readonly onNews: (news: ServiceNews) => void;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** How long a service may take to stop before it is killed. Longer than the grace that services get in local mode. */
const KILL_AFTER_MS = 20_000;

/** One service kept running: started again with growing pauses whenever it ends by itself, until it is stopped. */
export class SupervisedService {
  readonly #options: SupervisedServiceOptions;
  #upAgain = Promise.withResolvers<unknown>();
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #restart: NodeJS.Timeout | undefined;
  #crashes = 0;
  #stopping = false;

  constructor(options: SupervisedServiceOptions) {
    this.#options = options;
  }

  /** Starts it, also after `stop()`. Resolves to what the service says when it is up. */
  async start(): Promise<unknown> {
    this.#stopping = false;
    this.#crashes = 0;
    this.#upAgain = Promise.withResolvers();
    this.#launch();
    return this.#upAgain.promise;
  }

  /** Says something to the process, if there is one that listens. */
  tell(message: object): void {
    if (this.#child?.connected) this.#child.send(message);
  }

  /** SIGTERM, and SIGKILL for one that does not end. Resolves when the process is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    await this.#end();
  }

  /** Ends the process in order and starts it anew at once. */
  async restart(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    clearTimeout(this.#restart);
    await this.#end();
    this.#stopping = false;
    this.#crashes = 0;
    this.#launch();
  }

  async #end(): Promise<void> {
    const child = this.#child;
    child?.kill('SIGTERM');
    const timer = setTimeout(() => {
      this.#options.onNews({ kind: 'killed' });
      child?.kill('SIGKILL');
    }, KILL_AFTER_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  #launch(): void {
    const { clock, onNews, spec } = this.#options;
    const current = spec();
    const startedAt = clock.monotonic();
    const exited = Promise.withResolvers<void>();
    this.#exited = exited.promise;
    this.#child = launch(current, {
      onLine: (line) => onNews({ kind: 'line', line }),
      onSaid: (said) => {
        if (current.isReady(said)) this.#ready(said);
        else onNews({ kind: 'said', said });
      },
      onExit: (how) => {
        this.#child = undefined;
        exited.resolve();
        if (!this.#stopping) this.#crashed(how, clock.monotonic() - startedAt);
      },
    });
  }

  #ready(said: unknown): void {
    this.#options.onNews({ kind: 'ready', said });
    this.#upAgain.resolve(said);
  }

  #crashed(how: string, ranMs: number): void {
    this.#crashes = ranMs > STEADY_AFTER_MS ? 1 : this.#crashes + 1;
    const restartInMs = restartDelayMs(this.#crashes);
    this.#options.onNews({ kind: 'crashed', how, restartInMs });
    this.#restart = setTimeout(() => this.#launch(), restartInMs);
  }
}
