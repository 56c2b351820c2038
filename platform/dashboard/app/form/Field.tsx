import type { VNode } from 'preact';
import { ArrayField } from './ArrayField.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { type FieldKind, fieldKind, resolved } from './fieldKind.ts';
import type { FieldProps, OuterFieldProps } from './fieldProps.ts';
import { JsonField } from './JsonField.tsx';
import { NullableField } from './NullableField.tsx';
import { ObjectField } from './ObjectField.tsx';
import { CheckField, NumberField, SecretField, TextField } from './SimpleFields.tsx';

const FIELDS: Readonly<Record<FieldKind, (props: OuterFieldProps) => VNode | null>> = {
  array: ArrayField,
  boolean: CheckField,
  choice: ChoiceField,
  constant: () => null,
  integer: NumberField,
  json: JsonField,
  nullable: NullableField,
  number: NumberField,
  object: ObjectField,
  secret: SecretField,
  text: TextField,
};

/** A part of an input, in the form that its schema asks for. */
export function Field(given: FieldProps): VNode | null {
  const schema = resolved(given.root, given.schema);
  const Form = FIELDS[fieldKind(given.root, schema)];
  return <Form {...given} schema={schema} Part={Field} />;
}
