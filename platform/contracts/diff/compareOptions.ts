import type { Change, Judgement } from './change.ts';
import type { Options } from './description.ts';
import { sameJson } from './shape.ts';

type Value = Options[string] | undefined;

/** What follows from another value of an option; `null` stands for none. */
export type OptionRule = (
  was: Value,
  is: Value,
) => Omit<Judgement, 'what'> & { readonly what?: string };

/** By the option's name. Of any other option a change is compatible. */
export type OptionRules = Readonly<Record<string, OptionRule>>;

/** Every option that differs. */
export function compareOptions(
  before: Options,
  after: Options,
  rules: OptionRules,
): Omit<Change, 'subject'>[] {
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...names]
    .map((name) => ({ name, was: before[name] ?? null, is: after[name] ?? null }))
    .filter(({ was, is }) => !sameJson(was, is))
    .map(({ name, was, is }) => {
      const usual = { place: name, what: `it was ${told(was)}, is ${told(is)}` };
      return Object.assign(usual, rules[name]?.(was, is) ?? { verdict: 'compatible' as const });
    });
}

function told(value: Value): string {
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
