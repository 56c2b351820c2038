import { isDeepStrictEqual } from 'node:util';
import type { ServerResponse } from 'node:http';
import type { Principal } from '../../identity/index.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { TooManyListenersError, UnauthenticatedError } from '../errors.ts';
import { type Problem, problemOf } from '../problem.ts';
import { type EventStream, openEventStream } from './eventStream.ts';
import type { Watched } from './planWatches.ts';
import { problemEvent, Question } from './question.ts';

const LOOK_EVERY_MS = 1_000;

/** Looks between two signs of life, less than the minute after which load balancers close what is silent. */
const LOOKS_PER_BEAT = 15;

/** Streams of one replica, each with a socket of its own: beyond them others are better asked. */
const MOST_LISTENERS = 200;

export interface Listening {
  readonly principal: Principal;
  /** The header that showed who it is. It is looked at again with every beat. */
  readonly authorization: string | undefined;
  readonly watched: readonly Watched[];
  readonly raw: ServerResponse;
}

/** Who listens to this replica, and the questions that are asked for them, while there are any. */
export class Live {
  readonly #deps: ApiDeps;
  readonly #listening = new Map<EventStream, Listening>();
  readonly #questions = new Map<string, Question>();
  readonly #stopping = new AbortController();
  /** What is being asked for: a look may outlive who wanted it. */
  readonly #looks = new Set<Promise<void>>();
  #isLooking = false;

  constructor(deps: ApiDeps) {
    this.#deps = deps;
  }

  /** What is to be sent, from now on. Throws TooManyListenersError. */
  open(listening: Listening): EventStream {
    const most = this.#deps.mostListeners ?? MOST_LISTENERS;
    if (this.#listening.size >= most) throw new TooManyListenersError(most);
    const stream = openEventStream(listening.raw);
    this.#listening.set(stream, listening);
    this.#deps.metrics.listening(this.#listening.size);
    listening.raw.on('close', () => this.#close(stream));
    for (const watched of listening.watched) {
      const question = this.#questionFor(watched, listening.principal);
      question.add(stream);
    }
    if (!this.#isLooking) void this.#lookAgainAndAgain();
    return stream;
  }

  /** Ends every stream, so that clients come back to another replica, and resolves when nothing is asked any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const stream of this.#listening.keys()) stream.end();
    await Promise.all(this.#looks);
  }

  #questionFor({ key, watch, plan }: Watched, principal: Principal): Question {
    const known = this.#questions.get(key);
    if (known) return known;
    const question = new Question({
      key,
      watch,
      ask: async () => plan.ask(this.#deps, principal),
      problemOf: (error) => this.#problemOf(watch, error),
    });
    this.#questions.set(key, question);
    this.#look(question);
    return question;
  }

  #look(question: Question): void {
    const look = question.look().then(() => {
      this.#looks.delete(look);
    });
    this.#looks.add(look);
  }

  #close(stream: EventStream): void {
    for (const { key } of this.#listening.get(stream)?.watched ?? []) {
      const question = this.#questions.get(key);
      question?.delete(stream);
      if (!question?.isWanted) this.#questions.delete(key);
    }
    this.#listening.delete(stream);
    this.#deps.metrics.listening(this.#listening.size);
  }

  async #lookAgainAndAgain(): Promise<void> {
    this.#isLooking = true;
    const { signal } = this.#stopping;
    for (let looks = 1; this.#listening.size > 0; looks += 1) {
      await this.#deps.clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
      if (signal.aborted) return;
      // A question that is slow to be answered keeps no other waiting.
      for (const question of this.#questions.values()) this.#look(question);
      if (looks % LOOKS_PER_BEAT === 0) this.#beat();
    }
    this.#isLooking = false;
  }

  #beat(): void {
    for (const [stream, listening] of this.#listening) {
      stream.beat();
      void this.#endIfRevoked(stream, listening);
    }
  }

  /** Also who may do more or less than before: they come back, and are asked who they are. */
  async #endIfRevoked(stream: EventStream, { authorization, principal }: Listening): Promise<void> {
    try {
      const now = await this.#deps.identify(authorization);
      if (!now) throw new UnauthenticatedError();
      if (!isDeepStrictEqual(now, principal)) stream.end();
    } catch (error) {
      stream.end(problemEvent(this.#problemOf('credentials', error)));
    }
  }

  #problemOf(watch: string, error: unknown): Problem {
    const problem = problemOf(error);
    if (problem.status === 500) {
      const path = `/api/events?watch=${watch}`;
      this.#deps.log.event('request.failed', { method: 'GET', path, error: String(error) });
    }
    return problem;
  }
}
