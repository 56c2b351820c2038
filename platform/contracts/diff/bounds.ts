import type { Refusal } from './refusal.ts';
import type { Shape } from './shape.ts';

const LEAST = ['minLength', 'minItems', 'minProperties'] as const;
const MOST = ['maxLength', 'maxItems', 'maxProperties'] as const;

/** Bounds of the reader that the writer may be beyond. */
export function boundRefusals(path: string, writer: Shape, reader: Shape): Refusal[] {
  const counts = [
    ...LEAST.map((rule) => ({
      rule,
      isTighter: numberAt(reader, rule, 0) > numberAt(writer, rule, 0),
    })),
    ...MOST.map((rule) => ({
      rule,
      isTighter: numberAt(reader, rule, Infinity) < numberAt(writer, rule, Infinity),
    })),
  ];
  return [
    ...counts
      .filter(({ isTighter }) => isTighter)
      .map(({ rule }) => changed(path, rule, told(writer[rule]), told(reader[rule]))),
    ...rangeRefusals(path, writer, reader),
    ...stepRefusals(path, writer, reader),
  ];
}

function rangeRefusals(path: string, writer: Shape, reader: Shape): Refusal[] {
  const refusals: Refusal[] = [];
  const [from, to] = [lowest(writer), lowest(reader)];
  if (to.value > from.value || (to.value === from.value && to.isOpen && !from.isOpen)) {
    refusals.push(changed(path, 'minimum', endText(from), endText(to)));
  }
  const [below, above] = [highest(writer), highest(reader)];
  if (above.value < below.value || (above.value === below.value && above.isOpen && !below.isOpen)) {
    refusals.push(changed(path, 'maximum', endText(below), endText(above)));
  }
  return refusals;
}

interface End {
  readonly value: number;
  /** Whether the value itself is outside. */
  readonly isOpen: boolean;
}

function lowest(shape: Shape): End {
  const closed = numberAt(shape, 'minimum', -Infinity);
  const open = numberAt(shape, 'exclusiveMinimum', -Infinity);
  // A whole number above 3 is 4 or more.
  if (shape.type === 'integer')
    return { value: Math.max(closed, Math.floor(open) + 1), isOpen: false };
  return open >= closed ? { value: open, isOpen: true } : { value: closed, isOpen: false };
}

function highest(shape: Shape): End {
  const closed = numberAt(shape, 'maximum', Infinity);
  const open = numberAt(shape, 'exclusiveMaximum', Infinity);
  if (shape.type === 'integer')
    return { value: Math.min(closed, Math.ceil(open) - 1), isOpen: false };
  return open <= closed ? { value: open, isOpen: true } : { value: closed, isOpen: false };
}

function endText({ value, isOpen }: End): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  return isOpen ? `${value}, which is outside` : String(value);
}

function told(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function stepRefusals(path: string, writer: Shape, reader: Shape): Refusal[] {
  const { multipleOf: step } = reader;
  if (step === undefined) return [];
  const own = writer.multipleOf ?? (writer.type === 'integer' ? 1 : undefined);
  if (own !== undefined && Number.isInteger(own / step)) return [];
  return [changed(path, 'multipleOf', writer.multipleOf, step)];
}

function numberAt(shape: Shape, keyword: string, otherwise: number): number {
  const value = shape[keyword];
  return typeof value === 'number' ? value : otherwise;
}

type RuleRefusal = Extract<Refusal, { readonly kind: 'rule' }>;
type Bound = string | number | undefined;

/** A rule that differs, as text. */
export function changed(path: string, rule: string, writer: Bound, reader: Bound): RuleRefusal {
  return {
    kind: 'rule',
    path,
    rule,
    writer: String(writer ?? 'none'),
    reader: String(reader ?? 'none'),
  };
}
