import type { Change } from './change.ts';
import type { FieldFacts } from './fieldsWithin.ts';

type Facts = ReadonlyMap<string, FieldFacts>;
type FieldChange = Omit<Change, 'subject'>;

/** Differences of fields that no reader refuses: new and removed ones, other defaults, secrets. `told` are places that more is said of. */
export function quietChanges(was: Facts, is: Facts, told: ReadonlySet<string>): FieldChange[] {
  return [
    ...onlyIn(was, is, told).map((place) => ({
      verdict: 'compatible' as const,
      place,
      what: 'it was removed',
      consequence: 'nobody looks at it any more',
    })),
    ...onlyIn(is, was, told).map((place) => ({
      verdict: 'compatible' as const,
      place,
      what: 'it was added',
    })),
    ...[...is].flatMap(([place, facts]) => factChanges(place, was.get(place), facts)),
  ];
}

/** Places of one that the other has not: of a new field with fields in it, the field. */
function onlyIn(own: Facts, other: Facts, told: ReadonlySet<string>): string[] {
  return [...own.keys()].filter((place) => {
    const parent = place.replace(/(\.[^.]*|\[\d*\])$/, '');
    return !other.has(place) && other.has(parent) && !told.has(place) && !told.has(parent);
  });
}

function factChanges(place: string, was: FieldFacts | undefined, is: FieldFacts): FieldChange[] {
  if (!was) return [];
  return [
    ...secretChange(place, was, is),
    ...strictChange(place, was, is),
    ...defaultChange(place, was, is),
  ];
}

function secretChange(place: string, before: FieldFacts, after: FieldFacts): FieldChange[] {
  if (before.isSecret === after.isSecret) return [];
  if (after.isSecret) {
    return [
      {
        verdict: 'careful',
        place,
        what: 'it became secret',
        consequence: 'records of before still have it until they expire',
        advice: 'Change the secret itself where somebody may have read it',
      },
    ];
  }
  return [
    {
      verdict: 'breaking',
      place,
      what: 'it is no longer secret',
      consequence: 'records, logs and pages show it from now on',
      advice: 'Mark it with secret() again, or use another field for what may be shown',
    },
  ];
}

/** Callers in TypeScript have no such fields; others may. Of an output, no record keeps them. */
function strictChange(place: string, before: FieldFacts, after: FieldFacts): FieldChange[] {
  if (before.isStrict || before.isLoose || !after.isStrict || !place.startsWith('input')) return [];
  return [
    {
      verdict: 'careful',
      place,
      what: 'fields that are not declared are refused now',
      consequence: 'tasks of callers that the compiler does not check may fail',
      advice: 'Look into the input of recent tasks for fields that the contract does not have',
    },
  ];
}

function defaultChange(place: string, before: FieldFacts, after: FieldFacts): FieldChange[] {
  const [was, is] = [before, after].map((facts) => JSON.stringify(facts.default) ?? 'none');
  if (was === is) return [];
  return [
    {
      verdict: 'compatible',
      place,
      what: `its default was ${was}, is ${is}`,
      consequence: 'tasks that wait without it get the default of whoever runs them',
    },
  ];
}
