import { BreakerOpenError } from '../../breaker/index.ts';
import { LeaseLostError } from '../../consume/index.ts';
import * as publicErrors from '../../errors.ts';
import * as runtimeErrors from '../errors.ts';
import { asError } from '../outcome.ts';

/** Errors that are still of their class on the other side of a thread's border: a subclass comes before its base. */
const CLASSES: ReadonlyMap<string, ErrorClass> = new Map(
  Object.entries<unknown>({
    ...publicErrors,
    ...runtimeErrors,
    BreakerOpenError,
    LeaseLostError,
    TypeError,
    RangeError,
    SyntaxError,
    Error,
  })
    .filter((entry): entry is [string, ErrorClass] => isErrorClass(entry[1]))
    .toSorted(([, one], [, other]) => depthOf(other) - depthOf(one)),
);

/** As much of a class as is needed here: no constructor is called. */
type ErrorClass = Pick<ErrorConstructor, 'prototype'> & (abstract new (...args: never) => Error);

/** An error as plain data. A structured clone would lose its class, its name and its fields. */
export interface WireError {
  /** A name in {@link CLASSES}. */
  readonly of: string;
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly cause?: WireError;
}

/** Causes of causes that are kept. */
const DEEPEST_CAUSE = 4;

/** What was thrown, whatever it is. */
export function toWire(thrown: unknown, depth = 0): WireError {
  const error = asError(thrown);
  const { cause } = error;
  return {
    of: classOf(error),
    name: error.name,
    message: error.message,
    stack: typeof error.stack === 'string' ? error.stack : undefined,
    fields: Object.fromEntries(Object.entries(error).filter(([, value]) => isPlain(value))),
    ...(cause instanceof Error && depth < DEEPEST_CAUSE && { cause: toWire(cause, depth + 1) }),
  };
}

export function fromWire({ of, name, message, stack, fields, cause }: WireError): Error {
  // A true error, whatever its class: no constructor is called again.
  const error = new Error(message, cause && { cause: fromWire(cause) });
  Object.setPrototypeOf(error, (CLASSES.get(of) ?? Error).prototype);
  define(error, 'stack', stack);
  Object.assign(error, fields);
  if (error.name !== name) define(error, 'name', name);
  return error;
}

function classOf(error: Error): string {
  const found = [...CLASSES].find(([, one]) => error instanceof one);
  return found?.[0] ?? Error.name;
}

function isErrorClass(value: unknown): value is ErrorClass {
  return value === Error || (typeof value === 'function' && value.prototype instanceof Error);
}

/** How many classes it extends, one by one. */
function depthOf({ prototype }: ErrorClass): number {
  const above: unknown = Object.getPrototypeOf(prototype);
  return above instanceof Object ? 1 + depthOf(above.constructor as ErrorClass) : 0;
}

/** As an error's own properties are: an enumeration shows the fields only. */
function define(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, {
    value,
    enumerable: false,
    writable: true,
    configurable: true,
  });
}

function isPlain(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
