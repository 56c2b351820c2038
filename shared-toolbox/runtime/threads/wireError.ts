import { LeaseLostError } from '../../consume/index.ts';
import {
  ArtifactNotFoundError,
  BucketMissingError,
  DefinitionError,
  FormatError,
  NonRetryableError,
  PublishError,
  ResultTimeoutError,
  RetryAfter,
  Snooze,
  StoredValueError,
  TaskFailedError,
  ThrottledError,
  TooLargeError,
  UnavailableError,
  UnknownIdError,
  ValidationError,
} from '../../contract/index.ts';
import { CancelledError, TimeLimitError, WorkerStoppingError } from '../errors.ts';
import { asError } from '../outcome.ts';

/** Errors that are still of their class on the other side of a thread's border. A subclass comes before its base. */
const CLASSES = {
  ArtifactNotFoundError,
  BucketMissingError,
  CancelledError,
  DefinitionError,
  FormatError,
  LeaseLostError,
  NonRetryableError,
  UnavailableError,
  PublishError,
  ResultTimeoutError,
  RetryAfter,
  Snooze,
  StoredValueError,
  TaskFailedError,
  ThrottledError,
  TimeLimitError,
  TooLargeError,
  UnknownIdError,
  ValidationError,
  WorkerStoppingError,
  TypeError,
  RangeError,
  SyntaxError,
  Error,
} as const;

type ClassName = keyof typeof CLASSES;

/** An error as plain data. A structured clone would lose its class, its name and its fields. */
export interface WireError {
  readonly of: ClassName;
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
  Object.setPrototypeOf(error, CLASSES[of].prototype);
  define(error, 'stack', stack);
  Object.assign(error, fields);
  if (error.name !== name) define(error, 'name', name);
  return error;
}

function classOf(error: Error): ClassName {
  const names = Object.keys(CLASSES) as ClassName[];
  return names.find((name) => error instanceof CLASSES[name]) ?? 'Error';
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
