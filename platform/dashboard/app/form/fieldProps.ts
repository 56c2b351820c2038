import type { VNode } from 'preact';
import type { JsonSchema } from './schema.ts';
import type { FieldErrors } from './validateInput.ts';

export interface FieldProps {
  /** The whole schema, for references. */
  readonly root: JsonSchema;
  readonly schema: JsonSchema;
  /** Such as `sizes.0.name`; empty for the whole. */
  readonly path: string;
  readonly label: string;
  readonly isRequired: boolean;
  readonly value: unknown;
  readonly errors: FieldErrors;
  /** Undefined leaves it out. */
  readonly onChange: (value: unknown) => void;
}

/** Of a field that has others in it: how these are shown. */
export interface OuterFieldProps extends FieldProps {
  readonly Part: (props: FieldProps) => VNode | null;
}
