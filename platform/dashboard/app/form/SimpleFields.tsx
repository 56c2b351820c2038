import { useId } from 'preact/hooks';
import type { FieldProps } from './fieldProps.ts';
import { described, FieldError, FieldFrame } from './FieldFrame.tsx';
import { noteOf, useField } from './useField.ts';
import { inputType, type TextType } from '../ui/inputType.ts';

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
  const { value, onChange } = props;
  const { frame, own } = useField(props);
  return (
    <FieldFrame {...frame}>
      <input
        {...own}
        type={inputType(type)}
        autocomplete="off"
        spellcheck={false}
        value={typeof value === 'string' ? value : ''}
        onInput={({ currentTarget: { value: text } }) => onChange(text === '' ? undefined : text)}
      />
    </FieldFrame>
  );
}

export function NumberField(props: FieldProps) {
  const { schema, value, onChange } = props;
  const { frame, own } = useField(props);
  return (
    <FieldFrame {...frame}>
      <input
        {...own}
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
