import { useId } from 'preact/hooks';
import type { FieldProps } from './fieldProps.ts';
import { described } from './FieldFrame.tsx';
import type { JsonSchema } from './schema.ts';

/** What a field of one value has around it, and what its element has to say. `problem` comes before what is wrong with the value. */
export function useField(
  { schema, path, label, isRequired, errors }: FieldProps,
  problem?: string,
) {
  const id = useId();
  const note = noteOf(schema);
  const error = problem ?? errors[path];
  return { frame: { id, label, isRequired, note, error }, own: described(id, note, error) };
}

/** What the schema says for people, and its bounds where those are no accident of the type. */
export function noteOf({
  description,
  minimum,
  maximum,
  maxLength,
  format,
  examples,
}: JsonSchema): string | undefined {
  const parts = [
    description,
    isBound(minimum) && `at least ${minimum}`,
    isBound(maximum) && `at most ${maximum}`,
    isBound(maxLength) && `at most ${maxLength} characters`,
    format === 'artifact' &&
      'a reference to a stored file, artifact:…, as taskfleet put <file> prints it',
    format === 'date-time' && 'such as 2030-01-31T12:00:00Z',
    examples && `such as ${examples.map(String).join(', ')}`,
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? undefined : parts.join('; ');
}

function isBound(bound: number | undefined): boolean {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}
