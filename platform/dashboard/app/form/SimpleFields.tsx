import { useId } from 'preact/hooks';
import type { FieldProps } from './fieldProps.ts';
import { described, FieldError, FieldFrame } from './FieldFrame.tsx';
import { inputType, type TextType } from '../ui/inputType.ts';
import type { JsonSchema } from './schema.ts';

const INPUT_TYPES: Readonly<Record<string, TextType>> = {
  date: 'date',
  email: 'email',
  time: 'time',
  uri: 'url',
};

export function TextField(props: FieldProps) {
  return <Text {...props} type={INPUT_TYPES[props.schema.format ?? ''] ?? 'text'} />;
}

export function SecretField(props: FieldProps) {
  return <Text {...props} type="password" />;
}

function Text({ type, ...props }: FieldProps & { readonly type: TextType }) {
  const { schema, path, label, isRequired, value, errors, onChange } = props;
  const id = useId();
  const note = noteOf(schema);
  const error = errors[path];
  return (
    <FieldFrame {...{ id, label, isRequired, note, error }}>
      <input
        {...described(id, note, error)}
        type={inputType(type)}
        autocomplete="off"
        spellcheck={false}
        value={typeof value === 'string' ? value : ''}
        onInput={({ currentTarget: { value: text } }) => onChange(text === '' ? undefined : text)}
      />
    </FieldFrame>
  );
}

export function NumberField({
  schema,
  path,
  label,
  isRequired,
  value,
  errors,
  onChange,
}: FieldProps) {
  const id = useId();
  const note = noteOf(schema);
  const error = errors[path];
  return (
    <FieldFrame {...{ id, label, isRequired, note, error }}>
      <input
        {...described(id, note, error)}
        type="number"
        step={schema.type === 'integer' ? 1 : 'any'}
        value={typeof value === 'number' ? value : ''}
        onInput={({ currentTarget }) => onChange(numberIn(currentTarget))}
      />
    </FieldFrame>
  );
}

export function CheckField({ schema, path, label, value, errors, onChange }: FieldProps) {
  const id = useId();
  const note = noteOf(schema);
  return (
    <div class="field">
      <span class="check">
        <input
          {...described(id, note, errors[path])}
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        <label for={id}>{label}</label>
      </span>
      {note !== undefined && (
        <span class="field-note" id={`${id}-note`}>
          {note}
        </span>
      )}
      <FieldError id={id} error={errors[path]} />
    </div>
  );
}

function numberIn({ value, valueAsNumber }: HTMLInputElement): number | undefined {
  return value === '' || Number.isNaN(valueAsNumber) ? undefined : valueAsNumber;
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
    format === 'artifact' && 'a reference to a stored file: artifact:…',
    format === 'date-time' && 'such as 2030-01-31T12:00:00Z',
    examples && `such as ${examples.map(String).join(', ')}`,
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? undefined : parts.join('; ');
}

function isBound(bound: number | undefined): boolean {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}
