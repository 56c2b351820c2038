import type { Clock } from '@taskfleet/toolbox/clock';
import { FormatError, TaskfleetError } from '@taskfleet/toolbox/contract';
import type { z } from 'zod';
import { FleetUnreachableError } from '../errors.ts';
import { networkReason } from './networkReason.ts';
import { noAnswerOfApi, refusalOf } from './refusalOf.ts';
import type { RemoteConfig } from './remoteConfig.ts';

export interface ApiClientOptions extends RemoteConfig {
  readonly clock: Pick<Clock, 'sleep'>;
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface ApiRequest<Answer extends z.ZodType> {
  /** Default: GET. */
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  /** What the route answers. */
  readonly schema: Answer;
  /** What it is to do, such as `list tasks`. */
  readonly action: string;
  /** Whether asking twice does no more than asking once. Default: for GET. */
  readonly isRepeatable?: boolean;
}

type Sent = Omit<ApiRequest<z.ZodType>, 'schema'> & { readonly accept: string };

/** An answer takes less than half of this; also a request that waits for a worker. */
const TIMEOUT_MS = 60_000;

const MOST_ATTEMPTS = 4;

/** Longer than people wait for a command that says nothing. */
const LONGEST_WAIT_MS = 10_000;

/** Asks the API of a stage. What it refuses, or does not answer, is an error as direct access has it. The token goes nowhere else. */
export class ApiClient {
  readonly #options: ApiClientOptions;
  readonly #origin: string;

  constructor(options: ApiClientOptions) {
    this.#options = options;
    this.#origin = new URL(options.address).origin;
  }

  async ask<Answer extends z.ZodType>(
    request: ApiRequest<Answer>,
    signal?: AbortSignal,
  ): Promise<z.output<Answer>> {
    const { schema, action, path } = request;
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const within = signal ? AbortSignal.any([signal, timeout]) : timeout;
    return this.#reach(request, signal, async () => {
      const response = await this.#send({ ...request, accept: 'application/json' }, within);
      const json = asJson(await response.text());
      if (json === NO_JSON)
        throw new FleetUnreachableError(action, noAnswerOfApi(response.status, this.#origin));
      const answer = schema.safeParse(json);
      if (answer.success) return answer.data;
      const [issue] = answer.error.issues;
      const field = issue?.path.join('.') || '(root)';
      throw new FormatError(
        `the answer of ${this.#options.address}${path}, of another version or another server:`,
        {
          field,
          message: issue?.message ?? 'does not fit',
        },
      );
    });
  }

  /** An answer that goes on: its bytes. Its reader has to see to silence. */
  async open(request: Pick<Sent, 'path' | 'query' | 'action'>, signal: AbortSignal) {
    return this.#reach(request, signal, async () => {
      const { body } = await this.#send({ ...request, accept: 'text/event-stream' }, signal);
      return body ?? new ReadableStream<Uint8Array<ArrayBuffer>>();
    });
  }

  /** Whether asking again makes sense is the server's word; a change is repeated only where that is harmless. */
  async #send(request: Sent, signal: AbortSignal): Promise<Response> {
    const { method = 'GET', isRepeatable = method === 'GET' } = request;
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#fetch(request, signal);
      if (response.ok) return response;
      const waitMs = retryAfterMs(response);
      const isWorth = waitMs !== undefined && waitMs <= LONGEST_WAIT_MS;
      if (!isRepeatable || !isWorth || attempt === MOST_ATTEMPTS) {
        throw await this.#refusal(response, request.action);
      }
      await response.body?.cancel();
      await this.#options.clock.sleep(waitMs, signal);
    }
  }

  async #fetch(
    { method = 'GET', path, query = {}, body, accept }: Sent,
    signal: AbortSignal,
  ): Promise<Response> {
    const { address, token } = this.#options;
    const url = new URL(`${address}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return fetch(url, {
      method,
      signal,
      // Whoever an address sends to has not been trusted with the token.
      redirect: 'manual',
      headers: {
        accept,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async #refusal(response: Response, action: string): Promise<TaskfleetError> {
    const location = response.headers.get('location');
    const elsewhere = location === null ? undefined : URL.parse(location, response.url)?.origin;
    return refusalOf({
      status: response.status,
      text: this.#withoutToken(await response.text()),
      action,
      origin: this.#origin,
      elsewhere,
      retryAfterMs: retryAfterMs(response),
    });
  }

  /** Nobody knows what a server that is not ours says back. */
  #withoutToken(text: string): string {
    const { token } = this.#options;
    return token === undefined ? text : text.replaceAll(token, '[token]');
  }

  /** The one place where errors of the network become ours; the reason of an abort passes as it is. */
  async #reach<T>(
    { action, method = 'GET' }: Pick<Sent, 'action' | 'method'>,
    signal: AbortSignal | undefined,
    call: () => Promise<T>,
  ): Promise<T> {
    try {
      return await call();
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof TaskfleetError) throw error;
      // `fetch` says only that it failed; its cause says why.
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      throw new FleetUnreachableError(
        action,
        networkReason({ cause, url: new URL(this.#origin), isChange: method !== 'GET' }),
      );
    }
  }
}

const NO_JSON = Symbol('no JSON');

/** Undefined for an answer without a body. */
function asJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return NO_JSON;
  }
}

function retryAfterMs({ status, headers }: Response): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  const seconds = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1_000 : undefined;
}
