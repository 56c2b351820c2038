/** A value of JSON as text: objects and lists as JSON, numbers that are too large for one as Infinity. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
