import { choicesOf } from './fieldKind.ts';
import type { FieldProps } from './fieldProps.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { useField } from './useField.ts';

/** One of some values, which need not be texts. */
export function ChoiceField(props: FieldProps) {
  const { root, schema, isRequired, value, onChange } = props;
  const { frame, own } = useField(props);
  const choices = choicesOf(root, schema) ?? [];
  const chosen = choices.indexOf(value);
  return (
    <FieldFrame {...frame}>
      <select
        {...own}
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
