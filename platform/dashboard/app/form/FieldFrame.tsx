import type { ComponentChildren } from 'preact';
import { Icon } from '../ui/Icon.tsx';

export interface FieldFrameProps {
  readonly id: string;
  readonly label: string;
  readonly isRequired: boolean;
  readonly note?: string | undefined;
  readonly error?: string | undefined;
  readonly children: ComponentChildren;
}

/** What is around a field: its name, what it wants, what is wrong with it. */
export function FieldFrame({ id, label, isRequired, note, error, children }: FieldFrameProps) {
  return (
    <div class="field">
      <label for={id}>
        {label}
        {!isRequired && <span class="field-note"> optional</span>}
      </label>
      {children}
      {note !== undefined && (
        <span class="field-note" id={`${id}-note`}>
          {note}
        </span>
      )}
      <FieldError id={id} error={error} />
    </div>
  );
}

export function FieldError({
  id,
  error,
}: {
  readonly id: string;
  readonly error: string | undefined;
}) {
  if (error === undefined) return null;
  return (
    <span class="field-error" id={`${id}-error`}>
      <Icon name="alert" />
      {error}
    </span>
  );
}

/** What tells a screen reader the same. */
export function described(id: string, note: string | undefined, error: string | undefined) {
  const ids = [note !== undefined && `${id}-note`, error !== undefined && `${id}-error`].filter(
    Boolean,
  );
  return {
    id,
    'aria-invalid': error !== undefined,
    ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }),
  };
}
