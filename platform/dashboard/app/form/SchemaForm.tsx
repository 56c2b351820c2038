import { Field } from './Field.tsx';
import { initialValue } from './initialValue.ts';
import { Refusal } from './Refusal.tsx';
import type { JsonSchema } from './schema.ts';
import { useInput } from './useInput.ts';

export interface SchemaFormProps {
  readonly schema: JsonSchema;
  /** What is filled in, for who does not see it. */
  readonly label: string;
  /** The words on its button. */
  readonly submit: string;
  /** Given what fits the schema. What it rejects with is shown. */
  readonly send: (given: unknown) => Promise<void>;
}

/** A form that is made of one schema, and has nothing beside it. */
export function SchemaForm({ schema, label, submit, send }: SchemaFormProps) {
  const input = useInput(schema, () => initialValue(schema, schema, true));
  const { value, errors, change } = input;
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void input.submit(send);
      }}
    >
      <Field
        root={schema}
        schema={schema}
        path=""
        label={label}
        isRequired
        value={value}
        errors={errors}
        onChange={change}
      />
      <Refusal text={input.refusal} />
      <div class="actions">
        <button type="submit" class="primary" disabled={input.isBusy}>
          {submit}
        </button>
      </div>
    </form>
  );
}
