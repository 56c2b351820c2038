import { askToSignIn, authorization, credentials } from '../session/credentials.ts';
import { ProblemError, UNREACHABLE } from './problem.ts';

export type Method = 'GET' | 'POST' | 'DELETE';

export type Query = Readonly<Record<string, string | number | undefined>>;

/** The one way to ask the API. Throws ProblemError. */
export async function request<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await answerTo(method, path, body);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** An answer that is there and is no refusal. Throws ProblemError. */
export async function answerTo(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const shown = credentials.value;
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...authorization(),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ProblemError(UNREACHABLE);
  });
  if (response.ok) return response;
  const refusal = await problemFrom(response);
  // Of what somebody has meanwhile signed in with, it says nothing.
  if (response.status === 401 && shown === credentials.value) {
    askToSignIn(shown === undefined ? undefined : refusal.message);
  }
  throw refusal;
}

async function problemFrom(response: Response): Promise<ProblemError> {
  const isProblem = response.headers.get('content-type')?.includes('json') ?? false;
  if (isProblem) return new ProblemError(await response.json());
  // A proxy in between has answered.
  return new ProblemError({ ...UNREACHABLE, status: response.status });
}

/** A path with its query, what is left out or empty not in it. */
export function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && String(value) !== '',
  );
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
}
