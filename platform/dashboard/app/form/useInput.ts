import { useState } from 'preact/hooks';
import { problemOf } from '../api/problem.ts';
import type { JsonSchema } from './schema.ts';
import { errorsFrom, type FieldErrors, validateInput } from './validateInput.ts';

export interface Input {
  readonly value: unknown;
  readonly errors: FieldErrors;
  /** What the API said to the whole. */
  readonly refusal: string | undefined;
  readonly isBusy: boolean;
  readonly change: (value: unknown) => void;
  /** Sends what fits. Whatever is wrong comes to its fields, and the first of them gets the focus. */
  readonly submit: (send: (input: unknown) => Promise<void>) => Promise<void>;
}

/** An input that a person fills in: checked here, and once more by the API. */
export function useInput(schema: JsonSchema, initial: () => unknown): Input {
  const [value, setValue] = useState<unknown>(initial);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const hasErrors = Object.keys(errors).length > 0;
  const show = (found: FieldErrors) => {
    setErrors(found);
    if (Object.keys(found).length > 0) focusFirstError();
  };
  return {
    value,
    errors,
    refusal,
    isBusy,
    change: (changed) => {
      setValue(changed);
      if (hasErrors) setErrors(validateInput(schema, changed ?? {}));
    },
    submit: async (send) => {
      const found = validateInput(schema, value ?? {});
      show(found);
      setRefusal(undefined);
      if (Object.keys(found).length > 0) return;
      setBusy(true);
      try {
        await send(value ?? {});
      } catch (error) {
        const problem = problemOf(error);
        show(errorsFrom(problem.errors ?? []));
        setRefusal(`${problem.title}: ${problem.detail}`);
      } finally {
        setBusy(false);
      }
    },
  };
}

/** Once the errors are drawn. */
function focusFirstError(): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus(),
  );
}
