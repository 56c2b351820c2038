import { z } from 'zod';

/** A schema whose value may also come as text, as every variable's does. Text that cannot be read reaches the schema as it is. */
export function fromText<S extends z.ZodType>(
  read: (text: string) => unknown,
  schema: S,
): z.ZodType<z.output<S>, z.input<S>> {
  const either = z.preprocess((given) => (typeof given === 'string' ? read(given) : given), schema);
  return either as z.ZodType<z.output<S>, z.input<S>>;
}

interface WholeNumberOptions {
  readonly from: number;
  readonly to: number;
  readonly standard: number;
  /** What it counts. Default: nothing that a person would name. */
  readonly unit?: string;
}

/** A whole number in decimal digits. */
export function wholeNumber({ from, to, standard, unit }: WholeNumberOptions) {
  const what = unit === undefined ? 'a whole number' : `whole ${unit}`;
  const expected = `expected ${what} from ${from} to ${to}`;
  return fromText(
    (text) => (/^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : text),
    z.number(expected).int(expected).min(from, expected).max(to, expected).default(standard),
  );
}
