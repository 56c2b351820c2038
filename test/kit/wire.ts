import type { Clients } from '@taskfleet/toolbox/aws';

/** What somebody asks of AWS. */
export interface WireRequest {
  /** `caller`, `platform`, `operator` for the test itself, or a worker's name and which of its processes, such as `export/1`. */
  readonly by: string;
  /** Such as `PublishBatch`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What is answered, as the SDK gives it. */
export type WireAnswer = object;

/** Stands in the way of requests: passes one on, changed or not, answers it itself, or rejects it. */
export type Interceptor = (
  request: WireRequest,
  pass: (input?: WireRequest['input']) => Promise<WireAnswer>,
) => Promise<WireAnswer>;

/** Sees what was answered, before whoever asked does; also what was asked before the observer came. */
export type Observer = (request: WireRequest, answer: WireAnswer) => Promise<void>;

/** All requests of a fleet's parts to its emulators, before the SDK would repeat one that failed. */
export class Wire {
  readonly #interceptors = new Set<Interceptor>();
  readonly #observers = new Set<Observer>();
  readonly #closed = Promise.withResolvers<never>();

  constructor() {
    this.#closed.promise.catch(() => undefined);
  }

  /** The last comes first. Returns what ends it. */
  intercept(interceptor: Interceptor): () => void {
    const own: Interceptor = async (...args) => interceptor(...args);
    this.#interceptors.add(own);
    return () => void this.#interceptors.delete(own);
  }

  /** Rejects when the wire is closed. */
  get closed(): Promise<never> {
    return this.#closed.promise;
  }

  /** Rejects every request from now on with this error. */
  close(error: Error): void {
    this.#closed.reject(error);
    this.intercept(async () => this.closed);
  }

  /** Returns what ends it. */
  observe(observer: Observer): () => void {
    const own: Observer = async (...args) => observer(...args);
    this.#observers.add(own);
    return () => void this.#observers.delete(own);
  }

  /** Has all requests of these clients come along here. */
  tap(clients: Clients, by: string): Clients {
    for (const client of [clients.sns, clients.sqs, clients.dynamodb, clients.s3]) {
      // The union of the clients' stacks has no common call signature: one of them stands for all.
      (client as Clients['dynamodb']).middlewareStack.add(
        (next, context) => async (args) => {
          const operation = String(context['commandName']).replace(/Command$/, '');
          let response: unknown;
          const output = await this.#send(
            { by, operation, input: { ...args.input } },
            async (input) => {
              const answer = await next({ ...args, input });
              ({ response } = answer);
              return answer.output;
            },
          );
          return { response, output: output as Awaited<ReturnType<typeof next>>['output'] };
        },
        { step: 'initialize', name: 'wire' },
      );
    }
    return clients;
  }

  async #send(
    request: WireRequest,
    send: (input: WireRequest['input']) => Promise<WireAnswer>,
  ): Promise<WireAnswer> {
    const chain = [...this.#interceptors].reduce<typeof send>(
      (pass, interceptor) => async (input) =>
        interceptor({ ...request, input }, async (changed = input) => pass(changed)),
      async (input) => {
        const answer = await send(input);
        for (const observer of this.#observers) await observer({ ...request, input }, answer);
        return answer;
      },
    );
    return chain(request.input);
  }
}
