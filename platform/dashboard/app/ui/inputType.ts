/** The types of inputs that take a text. JSX tells them apart, and does not take one of several. */
type TextType =
  | 'text'
  | 'number'
  | 'password'
  | 'datetime-local'
  | 'date'
  | 'email'
  | 'time'
  | 'url';

export function inputType(type: TextType): 'text' {
  return type as 'text';
}

export type { TextType };
