import { useId } from 'preact/hooks';
import type { OuterFieldProps } from './fieldProps.ts';
import { innerOf } from './fieldKind.ts';

/** A value, or `null`, which is not the same as to leave it out. */
export function NullableField({ Part, ...props }: OuterFieldProps) {
  const { schema, value, label, onChange } = props;
  const id = useId();
  return (
    <div class="field">
      {value !== null && <Part {...props} schema={innerOf(schema) ?? {}} />}
      {value === null && <span class="field-label">{label}</span>}
      <span class="check">
        <input
          id={id}
          type="checkbox"
          checked={value === null}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : undefined)}
        />
        <label for={id}>
          {label} is <code>null</code>
        </label>
      </span>
    </div>
  );
}
