import { useId } from 'preact/hooks';
import type { OuterFieldProps } from './fieldProps.ts';
import { FieldError } from './FieldFrame.tsx';
import { initialValue } from './initialValue.ts';
import { within } from './within.ts';

/** Fields in a group; an optional group is added or left out as a whole. */
export function ObjectField({ Part, ...props }: OuterFieldProps) {
  const { root, schema, path, label, isRequired, value, errors, onChange } = props;
  const id = useId();
  const isThere = isRequired || (typeof value === 'object' && value !== null);
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  const change = (name: string, changed: unknown) => {
    const entries = Object.entries({ ...fields, [name]: changed });
    onChange(Object.fromEntries(entries.filter(([, one]) => one !== undefined)));
  };
  return (
    <fieldset class={path === '' ? 'form-all' : undefined}>
      <legend class={path === '' ? 'unseen' : undefined}>{label}</legend>
      {!isRequired && (
        <span class="check">
          <input
            id={id}
            type="checkbox"
            checked={isThere}
            onChange={({ currentTarget }) =>
              onChange(currentTarget.checked ? initialValue(root, schema, true) : undefined)
            }
          />
          <label for={id}>Give {label}</label>
        </span>
      )}
      {isThere &&
        Object.entries(schema.properties ?? {}).map(([name, property]) => (
          <Part
            key={name}
            {...{ root, errors }}
            schema={property}
            path={within(path, name)}
            label={property.title ?? name}
            isRequired={schema.required?.includes(name) === true && property.default === undefined}
            value={fields[name]}
            onChange={(changed) => change(name, changed)}
          />
        ))}
      <FieldError id={id} error={errors[path]} />
    </fieldset>
  );
}
