import type { ValidationError } from '../errors.ts';
import type { AnyTask, OutputOf } from './task.ts';
import { type Json, type Parsed, validate } from './validate.ts';

/** Checks an output as JSON has carried it. JSON has no undefined: a task that returns nothing comes back as null. */
export function validateOutput<T extends AnyTask>(
  task: T,
  wire: Json | undefined,
): Parsed<OutputOf<T>, ValidationError> {
  const subject = `output of ${task.name}`;
  const checked = validate(subject, task.output, wire);
  if (checked.ok || wire !== null) return checked;
  const absent = validate(subject, task.output, undefined);
  return absent.ok ? absent : checked;
}
