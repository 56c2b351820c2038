import { useId } from 'preact/hooks';
import { Icon } from '../ui/Icon.tsx';
import type { OuterFieldProps } from './fieldProps.ts';
import { FieldError } from './FieldFrame.tsx';
import { initialValue } from './initialValue.ts';
import { within } from './within.ts';

export function ArrayField({ Part, ...props }: OuterFieldProps) {
  const { root, schema, path, label, isRequired, value, errors, onChange } = props;
  const id = useId();
  const items = schema.items ?? {};
  const elements = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const remove = (at: number) => {
    const left = elements.filter((_, i) => i !== at);
    onChange(left.length === 0 && !isRequired ? undefined : left);
  };
  return (
    <fieldset aria-describedby={errors[path] === undefined ? undefined : `${id}-error`}>
      <legend>
        {label}
        {!isRequired && <span class="field-note"> optional</span>}
      </legend>
      {elements.map((element, i) => (
        <div class="array-row" key={i}>
          <Part
            {...{ root, errors }}
            schema={items}
            path={within(path, i)}
            label={`${label} ${i + 1}`}
            isRequired
            value={element}
            onChange={(changed) => onChange(elements.with(i, changed))}
          />
          <button
            type="button"
            class="plain"
            aria-label={`Remove ${label} ${i + 1}`}
            onClick={() => remove(i)}
          >
            <Icon name="cross" />
          </button>
        </div>
      ))}
      <div>
        <button
          type="button"
          onClick={() => onChange([...elements, initialValue(root, items, true)])}
        >
          <Icon name="plus" />
          Add to {label}
        </button>
      </div>
      <FieldError id={id} error={errors[path]} />
    </fieldset>
  );
}
