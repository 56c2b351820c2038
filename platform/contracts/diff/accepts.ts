import { boundRefusals } from './bounds.ts';
import type { Shape } from './shape.ts';

/** Whether a value that is neither list nor object certainly fits the shape. */
export function accepts(shape: Shape, value: unknown): boolean {
  const { enum: values, type, not } = shape;
  if (not !== undefined || (type !== undefined && !typesOf(value).includes(type))) return false;
  if (values) return values.includes(value as never);
  if (typeof value === 'number') return boundRefusals('', exactly(value), shape).length === 0;
  return typeof value !== 'string' || acceptsText(shape, value);
}

function acceptsText(shape: Shape, text: string): boolean {
  const { format, patterns = [] } = shape;
  const length: Shape = { minLength: text.length, maxLength: text.length };
  // A format may be more than its pattern.
  if (format !== undefined || boundRefusals('', length, shape).length > 0) return false;
  return patterns.every((pattern) => new RegExp(pattern, 'u').test(text));
}

function exactly(value: number): Shape {
  return { type: 'number', minimum: value, maximum: value, multipleOf: value };
}

function typesOf(value: unknown): readonly unknown[] {
  if (value === null) return ['null'];
  if (typeof value !== 'number') return [typeof value];
  return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
}
