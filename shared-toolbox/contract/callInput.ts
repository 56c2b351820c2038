import { type FieldProblem, ValidationError } from '../errors.ts';
import type { AnyTask } from './task.ts';
import type { Json } from './validate.ts';

/** What the worker will read: the input after a trip through JSON, so that it is checked as it arrives. Throws ValidationError. */
export function jsonOf(task: AnyTask, input: unknown): Json {
  try {
    return JSON.parse(JSON.stringify(input) ?? 'null') as Json;
  } catch (error) {
    const message = `expected a value that JSON can carry (${String(error)})`;
    throw new ValidationError(`input of ${task.name}`, [{ field: '(root)', message }]);
  }
}

/** Longest label: creator and subject are shown in lists, and a subject is an index key. */
const LONGEST_LABEL = 256;

export function labelProblem(field: string, text: string | undefined): FieldProblem[] {
  if (text === undefined || (text.length > 0 && text.length <= LONGEST_LABEL)) return [];
  return [{ field, message: `expected 1 to ${LONGEST_LABEL} characters, got ${text.length}` }];
}
