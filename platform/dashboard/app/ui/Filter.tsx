import { useId } from 'preact/hooks';
import { inputType } from './inputType.ts';

export interface FilterSelectProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
  /** What is said when nothing is chosen. Default: any. */
  readonly none?: string;
}

export function FilterSelect({
  label,
  value = '',
  options,
  onChange,
  none = 'any',
}: FilterSelectProps) {
  const id = useId();
  const all = value === '' || options.includes(value) ? options : [value, ...options];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        <option value="">{none}</option>
        {all.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}

export interface FilterTextProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'datetime-local';
  readonly placeholder?: string;
}

/** Counts when it is left or Enter is pressed, not with every letter. */
export function FilterText({
  label,
  value = '',
  onChange,
  type = 'text',
  placeholder = 'any',
}: FilterTextProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={inputType(type)}
        value={value}
        placeholder={placeholder}
        spellcheck={false}
        autocomplete="off"
        onChange={({ currentTarget }) => onChange(currentTarget.value.trim())}
      />
    </div>
  );
}
