import type { ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { launch, type ServiceSpec } from '../../../infra/local/supervise/launch.ts';
import type { Life } from '../check/facts.ts';
import { within } from './within.ts';

/** How long a process may take to come up, and to end on SIGTERM: its grace, a poll, and what it waits for in between. */
const UP_WITHIN_MS = 20_000;
const DOWN_WITHIN_MS = 20_000;

export interface LabProcessOptions {
  readonly spec: ServiceSpec;
  /** Everything that it prints. */
  readonly logFile: string;
}

/** A service of the lab as an operating system's process, which can be killed, suspended and started again. */
export class LabProcess {
  readonly #options: LabProcessOptions;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #isStruck = false;
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

  /** Resolves when it is up. */
  async start(): Promise<void> {
    const { spec, logFile } = this.#options;
    const ready = Promise.withResolvers<void>();
    const exited = Promise.withResolvers<void>();
    const life: Life = { name: spec.name, pid: 0, startedAt: Date.now(), suspensions: [] };
    const child = launch(spec, {
      onLine: (line) => appendFileSync(logFile, `${line}\n`),
      onSaid: (said) => spec.isReady(said) && ready.resolve(),
      onExit: (how) => {
        life.endedAt = Date.now();
        process.off('exit', killNow);
        exited.resolve();
        ready.reject(new Error(`${spec.name} ended before it was up: ${how}`));
      },
    });
    // A suspended process would outlive the lab for ever: no gentler signal reaches it.
    const killNow = () => child.kill('SIGKILL');
    process.once('exit', killNow);
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

  /** SIGTERM, and SIGKILL when that does not help. */
  async terminate(): Promise<void> {
    this.#child?.kill('SIGTERM');
    await within(DOWN_WITHIN_MS, this.#exited, 'it did not end').catch(async () => this.kill());
  }

  suspend(): void {
    this.#life.suspensions.push({ from: Date.now() });
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    const last = this.#life.suspensions.at(-1);
    if (last) last.until = Date.now();
    this.#child?.kill('SIGCONT');
  }

  get #life(): Life {
    const life = this.lives.at(-1);
    if (!life) throw new TypeError('it has not been started');
    return life;
  }
}
