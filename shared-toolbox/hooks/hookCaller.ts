import type { Clock } from '../clock.ts';
import { VetoError } from '../contract/index.ts';
import type { Log } from '../log/index.ts';
import type { FactsOf, HookName, Hooks } from './hooks.ts';

export interface HookCallerOptions {
  /** In the order in which they are called. Default: none. */
  readonly hooks?: readonly Hooks[] | undefined;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Where a hook that fails is told. Default: nowhere. */
  readonly log?: Pick<Log, 'event'> | undefined;
}

/** What a hook may take while something waits for it. */
export const HOOK_LIMIT_MS = 2_000;

/** Calls hooks so that none of them can harm what it observes. */
export class HookCaller {
  readonly #hooks: readonly Hooks[];
  readonly #clock: Pick<Clock, 'sleep'>;
  readonly #log: Pick<Log, 'event'> | undefined;

  constructor({ hooks = [], clock, log }: HookCallerOptions) {
    this.#hooks = hooks;
    this.#clock = clock;
    this.#log = log;
  }

  /** Calls them; resolves when all have ended or their time is over. Facts are made only for somebody. Never rejects. */
  async call<Name extends HookName>(name: Name, facts: () => FactsOf<Name>): Promise<void> {
    const wanted = this.#hooks.filter((hooks) => hooks[name]);
    await Promise.all(
      wanted.map(async (hooks) => {
        const given = facts();
        await this.#withinLimit(name, given, async () => hooks[name]?.(given as never));
      }),
    );
  }

  /** Lets each say whether a task may be scheduled, at once: an answer that took time would change the order of tasks. Throws VetoError. */
  beforeSchedule(facts: () => FactsOf<'beforeSchedule'>): void {
    for (const hooks of this.#hooks.filter((each) => 'beforeSchedule' in each)) {
      const given = facts();
      const tell = (error: unknown) => this.#tell('beforeSchedule', given, error);
      try {
        const said: unknown = hooks.beforeSchedule?.(given);
        if (said instanceof Promise) said.catch(tell);
      } catch (error) {
        if (error instanceof VetoError) throw error;
        tell(error);
      }
    }
  }

  async #withinLimit(name: HookName, facts: object, call: () => Promise<unknown>): Promise<void> {
    const ended = new AbortController();
    const late = this.#clock.sleep(HOOK_LIMIT_MS, ended.signal).then(
      () => this.#tell(name, facts, new Error(`it has not ended within ${HOOK_LIMIT_MS} ms`)),
      () => undefined,
    );
    const called = call().catch((error: unknown) => this.#tell(name, facts, error));
    await Promise.race([called, late]);
    ended.abort();
  }

  #tell(hook: HookName, facts: object, error: unknown): void {
    const of = 'id' in facts ? { id: String(facts.id) } : {};
    this.#log?.event('hook.failed', { hook, ...of, error: String(error) });
  }
}
