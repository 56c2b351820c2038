import type { JsonSchema } from '../inputSchema.ts';
import type { Change } from './change.ts';
import { describeRefusal, type Writer } from './describeRefusal.ts';
import { fieldsWithin } from './fieldsWithin.ts';
import { quietChanges } from './quietChanges.ts';
import type { Refusal } from './refusal.ts';
import { refusalsBetween } from './refusals.ts';
import { sameJson } from './shape.ts';

type FieldChange = Omit<Change, 'subject'>;

/** What follows where a value of one version is refused by the other, and what to do. */
export interface Direction {
  /** Whose values are refused. */
  readonly writer: Writer;
  readonly verdict: 'breaking' | 'careful';
  /** Of values that are `with it`, `without it` and the like. */
  readonly consequence: (which: string) => string;
  readonly advice: string;
  /** Instead of it, where a field is wanted that there may not be. */
  readonly adviceForMissing?: string;
}

/** How a value goes from who writes it to who reads it while there are two versions. */
export type Directions = readonly [Direction, Direction];

export interface Schemas {
  /** `input` or `output`: where the places of its fields begin. */
  readonly place: string;
  readonly before: JsonSchema;
  readonly after: JsonSchema;
}

/** Every difference of a schema. The direction that is given first speaks for a place that both have something to say of. */
export function compareSchemas(
  { place, before, after }: Schemas,
  [first, second]: Directions,
): FieldChange[] {
  if (sameJson(before, after)) return [];
  const refused = ({ writer }: Direction) =>
    writer === 'before'
      ? refusalsBetween(place, before, after)
      : refusalsBetween(place, after, before);
  const worse = refused(first).map((refusal) => refusalChange(refusal, first));
  const places = new Set(worse.map(({ place }) => place));
  const other = refused(second)
    .filter(({ path }) => !places.has(path))
    .map((refusal) => refusalChange(refusal, second));
  const loud = withoutTwins([...worse, ...other]);
  const told = new Set(loud.flatMap((change) => change.place ?? []));
  return [...loud, ...quietChanges(fieldsWithin(place, before), fieldsWithin(place, after), told)];
}

function refusalChange(refusal: Refusal, direction: Direction): FieldChange {
  const { writer, verdict, adviceForMissing } = direction;
  const [place, what] = [refusal.path, describeRefusal(refusal, writer)];
  if (refusal.kind === 'unjudged' || ('isUnjudged' in refusal && refusal.isUnjudged)) {
    return { verdict: 'unjudged', place, what, advice: 'Compare both versions by hand' };
  }
  const advice = (refusal.kind === 'missing' && adviceForMissing) || direction.advice;
  const consequence = direction.consequence(WHICH[refusal.kind]);
  return { verdict, place, what, consequence, advice };
}

/** Which values are refused. */
const WHICH = {
  missing: 'without it',
  surplus: 'with it',
  surplusFields: 'with other fields',
  values: 'with it',
  form: 'of that form',
  rule: 'that do not fit',
} as const satisfies Record<Exclude<Refusal['kind'], 'unjudged'>, string>;

/** Several forms of a value may have the same to say. */
function withoutTwins(changes: readonly FieldChange[]): FieldChange[] {
  return [
    ...new Map(changes.map((change) => [`${change.place}\n${change.what}`, change])).values(),
  ];
}
