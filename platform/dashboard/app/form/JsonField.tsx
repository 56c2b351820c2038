import { useId, useState } from 'preact/hooks';
import type { FieldProps } from './fieldProps.ts';
import { described, FieldFrame } from './FieldFrame.tsx';
import { noteOf } from './SimpleFields.tsx';

/** Whatever has no form of its own: as JSON text. */
export function JsonField({
  schema,
  path,
  label,
  isRequired,
  value,
  errors,
  onChange,
}: FieldProps) {
  const id = useId();
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, undefined, 2));
  const [broken, setBroken] = useState<string>();
  const note = noteOf(schema);
  const error = broken ?? errors[path];
  const change = (typed: string) => {
    setText(typed);
    const read = parse(typed);
    setBroken(read.problem);
    if (read.problem === undefined) onChange(read.value);
  };
  return (
    <FieldFrame {...{ id, label, isRequired, note, error }}>
      <textarea
        {...described(id, note, error)}
        spellcheck={false}
        value={text}
        placeholder="JSON"
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
    </FieldFrame>
  );
}

function parse(text: string): { readonly value?: unknown; readonly problem?: string } {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return {
      problem: `This is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
