import { useId } from 'preact/hooks';
import { FilterSelect } from '../../ui/Filter.tsx';

export interface Options {
  readonly subject?: string | undefined;
  readonly delay?: string | undefined;
  readonly expires?: string | undefined;
  readonly group?: string | undefined;
  readonly priority?: string | undefined;
  readonly durable?: boolean | undefined;
}

export interface OptionsFieldsProps {
  readonly options: Options;
  readonly hasPriority: boolean;
  readonly onChange: (options: Options) => void;
}

/** What one call may say besides its input. */
export function OptionsFields({ options, hasPriority, onChange }: OptionsFieldsProps) {
  const id = useId();
  const text = (name: 'subject' | 'delay' | 'expires' | 'group') => ({
    value: options[name] ?? '',
    onChange: (value: string) => onChange({ ...options, [name]: value === '' ? undefined : value }),
  });
  return (
    <details open={options.subject !== undefined}>
      <summary>Options</summary>
      <div class="columns">
        <Text label="Subject" note="What it is about, such as project/1" {...text('subject')} />
        <Text label="Delay" note="Such as 90s, 15m or 2h" {...text('delay')} />
        <Text label="Expires" note="Not to be begun after that time" {...text('expires')} />
        <Text label="Group" note="One at a time, in order" {...text('group')} />
        {hasPriority && (
          <FilterSelect
            label="Priority"
            none="normal"
            value={options.priority}
            options={['high', 'low']}
            onChange={(priority) => onChange({ ...options, priority })}
          />
        )}
        <div class="field">
          <span class="field-label">When the topic is away</span>
          <span class="check">
            <input
              id={id}
              type="checkbox"
              checked={options.durable === true}
              onChange={({ currentTarget }) =>
                onChange({ ...options, durable: currentTarget.checked })
              }
            />
            <label for={id}>Keep it until it is back</label>
          </span>
        </div>
      </div>
    </details>
  );
}

interface TextProps {
  readonly label: string;
  readonly note: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Text({ label, note, value, onChange }: TextProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        aria-describedby={`${id}-note`}
        value={value}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => onChange(currentTarget.value.trim())}
      />
      <span class="field-note" id={`${id}-note`}>
        {note}
      </span>
    </div>
  );
}
