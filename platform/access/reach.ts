import {
  PublishError,
  TaskfleetError,
  ThrottledError,
  UnavailableError,
} from '@taskfleet/toolbox/contract';
import { FleetUnreachableError } from '../errors.ts';

/** The one place where errors of the SDK become ours. Our own, and the reason of an abort, pass as they are. */
export async function reach<T>(action: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof PublishError) {
      const retryAfterMs = error instanceof UnavailableError ? error.retryAfterMs : undefined;
      throw new FleetUnreachableError(action, error.cause ?? error, retryAfterMs);
    }
    if (error instanceof ThrottledError) throw new FleetUnreachableError(action, error);
    if (error instanceof TaskfleetError || isAbort(error)) throw error;
    throw new FleetUnreachableError(action, error);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

type Methods<T> = { readonly [Name in keyof T]: (...call: never[]) => Promise<unknown> };

/** The same methods with their errors as above; `actions` says what each was to do. */
export function reachable<T extends Methods<T>>(
  target: T,
  actions: { readonly [Name in keyof T]: string },
): { readonly [Name in keyof T]: T[Name] } {
  const names = Object.keys(actions) as (keyof T)[];
  const methods = names.map((name) => [
    name,
    async (...call: never[]) => reach(actions[name], async () => target[name](...call)),
  ]);
  return Object.fromEntries(methods) as { readonly [Name in keyof T]: T[Name] };
}
