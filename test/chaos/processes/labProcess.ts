import type { ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { launch, type ServiceSpec } from '../../../infra/local/supervise/launch.ts';
import type { Life } from '../check/facts.ts';
import { killAtExit } from './killAtExit.ts';
import { within } from './within.ts';

const UP_WITHIN_MS = 20_000;

export interface LabProcessOptions {
  readonly spec: ServiceSpec;
  /** Everything that it prints. */
  readonly logFile: string;
  /** How long it may take to end on SIGTERM: its grace, a poll, and what it waits for in between. */
  readonly downWithinMs: number;
}

/** Gets every line as JSON where it is, and every message over the channel. */
type Listener = (said: unknown) => void;

/** A service of the lab as an operating system's process, which can be killed, suspended and started again. */
export class LabProcess {
  readonly #options: LabProcessOptions;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #isStruck = false;
  readonly #listeners = new Set<Listener>();
  /** Of all processes that it has been. */
  readonly lives: Life[] = [];

  constructor(options: LabProcessOptions) {
    this.#options = options;
  }

  get isStruck(): boolean {
    return this.#isStruck;
  }

  /** Keeps others from striking it until it is disposed of. */
  strike(): Disposable {
    this.#isStruck = true;
    return { [Symbol.dispose]: () => void (this.#isStruck = false) };
  }

  /** Hears this process and all that come after it. */
  listen(listener: Listener): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** Resolves when the process that it is now has ended. */
  get exited(): Promise<void> {
    return this.#exited;
  }

  /** Resolves when it is up. Rejects when it ends before that. */
  async start(): Promise<void> {
    const { spec, logFile } = this.#options;
    const ready = Promise.withResolvers<void>();
    const exited = Promise.withResolvers<void>();
    const life: Life = { name: spec.name, pid: 0, startedAt: Date.now(), suspensions: [] };
    const child = launch(spec, {
      onLine: (line) => appendFileSync(logFile, `${line}\n`),
      onSaid: (said) => {
        if (spec.isReady(said)) {
          life.upAt ??= Date.now();
          ready.resolve();
        }
        for (const listener of this.#listeners) listener(said);
      },
      onExit: (how) => {
        life.endedAt = Date.now();
        life.endedBy = how;
        living[Symbol.dispose]();
        exited.resolve();
        ready.reject(new Error(`${spec.name} ended before it was up: ${how}`));
      },
    });
    const living = killAtExit(child);
    life.pid = child.pid ?? 0;
    this.lives.push(life);
    this.#child = child;
    this.#exited = exited.promise;
    await within(UP_WITHIN_MS, ready.promise, `${spec.name} did not come up`);
  }

  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#exited;
  }

  /** SIGTERM, and SIGKILL when that does not help in time. */
  async terminate(): Promise<void> {
    const stop = { at: Date.now(), signals: 1, isOverdue: false };
    this.life.stop = stop;
    this.#child?.kill('SIGTERM');
    const ended = within(this.#options.downWithinMs, this.#exited, 'it did not end');
    await ended.catch(async () => {
      stop.isOverdue = true;
      await this.kill();
    });
  }

  /** One more SIGTERM, to a process that is ending. */
  hurry(): void {
    const { stop } = this.life;
    if (stop && this.#child?.kill('SIGTERM')) stop.signals += 1;
  }

  suspend(): void {
    this.life.suspensions.push({ from: Date.now() });
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    const last = this.life.suspensions.at(-1);
    if (last) last.until = Date.now();
    this.#child?.kill('SIGCONT');
  }

  /** Of the process that it is now. */
  get life(): Life {
    const life = this.lives.at(-1);
    if (!life) throw new TypeError('it has not been started');
    return life;
  }
}
