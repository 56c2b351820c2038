import type { Clock } from '../clock.ts';
import type { Log } from '../log/index.ts';

export interface TaskProtectionOptions {
  /** Where a container reaches ECS's agent: `ECS_AGENT_URI`, which ECS sets. */
  readonly agentUri: string;
  /** Tasks that run now. */
  readonly running: () => number;
  /** Milliseconds that the longest of them may take. */
  readonly longestMs: number;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Pick<Log, 'event'>;
}

/** How soon after its first task a container is protected, and after its last no longer. */
const LOOK_EVERY_MS = 5_000;

/** ECS protects for 1 minute to 48 hours (docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html). */
const MOST_MINUTES = 2_880;

/** After a whole protection a busy container goes without for so long: a deployment or a scale-in that waits for it takes its turn. */
const PAUSE_MS = 60_000;

/** What the agent gets to answer. */
const ANSWER_WITHIN_MS = 3_000;

/**
 * Keeps ECS from stopping this container for a scale-in while it runs tasks. Whatever fails here is said once and costs nothing but the
 * protection: a container that is stopped all the same gives its tasks back.
 */
export class TaskProtection {
  readonly #options: TaskProtectionOptions;
  readonly #timer: NodeJS.Timeout;
  #until: number | undefined;
  #mayAgainAt = -Infinity;
  #isAsking = false;
  #hasFailed = false;

  constructor(options: TaskProtectionOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  /** Looks now whether anything has to change. Never rejects. */
  async look(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      await this.#change();
      this.#hasFailed = false;
    } catch (error) {
      if (!this.#hasFailed) this.#options.log.event('protection.failed', { error: String(error) });
      this.#hasFailed = true;
    } finally {
      this.#isAsking = false;
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #change(): Promise<void> {
    const { clock, running, longestMs } = this.#options;
    const now = clock.monotonic();
    if (this.#until !== undefined && now >= this.#until) {
      this.#until = undefined;
      this.#mayAgainAt = now + PAUSE_MS;
    }
    const isBusy = running() > 0;
    if (isBusy && this.#until === undefined && now >= this.#mayAgainAt) {
      const minutes = Math.min(MOST_MINUTES, Math.ceil(longestMs / 60_000) + 1);
      await this.#put({ ProtectionEnabled: true, ExpiresInMinutes: minutes });
      this.#until = now + minutes * 60_000;
    } else if (!isBusy && this.#until !== undefined) {
      await this.#put({ ProtectionEnabled: false });
      this.#until = undefined;
    }
  }

  async #put(state: object): Promise<void> {
    const answer = await fetch(`${this.#options.agentUri}/task-protection/v1/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(state),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`ECS answered ${answer.status}: ${text.slice(0, 200)}`);
  }
}
