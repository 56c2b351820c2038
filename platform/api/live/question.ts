import type { Problem } from '../problem.ts';
import type { EventStream, LiveEvent } from './eventStream.ts';

export interface QuestionOptions {
  /** What is asked. Two with one key have one answer. */
  readonly key: string;
  /** The name of its events. */
  readonly watch: string;
  /** Resolves to the answer as JSON. */
  readonly ask: () => Promise<string>;
  readonly problemOf: (error: unknown) => Problem;
}

/** What is asked again and again, once for all who listen, who are told of every answer that is not the one before. */
export class Question {
  readonly #options: QuestionOptions;
  readonly #listeners = new Set<EventStream>();
  #last: LiveEvent | undefined;
  #isAsking = false;

  constructor(options: QuestionOptions) {
    this.#options = options;
  }

  get isWanted(): boolean {
    return this.#listeners.size > 0;
  }

  add(listener: EventStream): void {
    this.#listeners.add(listener);
    if (this.#last) listener.tell(this.#options.key, this.#last);
  }

  delete(listener: EventStream): void {
    this.#listeners.delete(listener);
  }

  /** Never rejects. Does nothing while the answer to the look before is awaited. */
  async look(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { key, watch, ask, problemOf } = this.#options;
    const answer = await ask().then(
      (data) => ({ name: watch, data }),
      (error: unknown) => problemEvent({ ...problemOf(error), watch }),
    );
    this.#isAsking = false;
    const { name, data } = this.#last ?? {};
    if (name === answer.name && data === answer.data) return;
    this.#last = answer;
    for (const listener of this.#listeners) listener.tell(key, answer);
  }
}

/** Says which watch it is about; without, the whole stream. */
export function problemEvent(problem: Problem & { readonly watch?: string }): LiveEvent {
  return { name: 'problem', data: JSON.stringify(problem) };
}
