import { useState } from 'preact/hooks';
import type { FieldProps } from './fieldProps.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { useField } from './useField.ts';

/** Whatever has no form of its own: as JSON text. */
export function JsonField(props: FieldProps) {
  const { value, onChange } = props;
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, undefined, 2));
  const [broken, setBroken] = useState<string>();
  const { frame, own } = useField(props, broken);
  const change = (typed: string) => {
    setText(typed);
    const read = parse(typed);
    setBroken(read.problem);
    if (read.problem === undefined) onChange(read.value);
  };
  return (
    <FieldFrame {...frame}>
      <textarea
        {...own}
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
