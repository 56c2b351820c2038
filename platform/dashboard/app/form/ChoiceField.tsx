import { useId } from 'preact/hooks';
import { choicesOf } from './fieldKind.ts';
import type { FieldProps } from './fieldProps.ts';
import { described, FieldFrame } from './FieldFrame.tsx';
import { noteOf } from './SimpleFields.tsx';

/** One of some values, which need not be texts. */
export function ChoiceField(props: FieldProps) {
  const { root, schema, path, label, isRequired, value, errors, onChange } = props;
  const id = useId();
  const note = noteOf(schema);
  const error = errors[path];
  const choices = choicesOf(root, schema) ?? [];
  const chosen = choices.indexOf(value);
  return (
    <FieldFrame {...{ id, label, isRequired, note, error }}>
      <select
        {...described(id, note, error)}
        value={String(chosen)}
        onChange={({ currentTarget }) => onChange(choices[Number(currentTarget.value)])}
      >
        {(!isRequired || chosen === -1) && (
          <option value="-1">{isRequired ? 'choose …' : 'none'}</option>
        )}
        {choices.map((choice, i) => (
          <option key={String(choice)} value={String(i)}>
            {String(choice)}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
