import type { z } from 'zod';
import { ConfigError } from '../errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of a process: for each the environment variable it comes from, and the schema of its value. */
export type Settings = Readonly<Record<string, Setting>>;

export interface Setting<S extends z.ZodType = z.ZodType> {
  readonly variable: string;
  readonly schema: S;
}

export type ConfigOf<S extends Settings> = {
  readonly [Name in keyof S]: z.output<S[Name]['schema']>;
};

/**
 * Reads settings from the environment into a frozen object. Throws ConfigError naming every variable that is missing or
 * wrong, never only the first, together with what the caller has found. Values are not repeated in messages: they may be secret.
 */
export function readConfig<const S extends Settings>(
  settings: S,
  environment: Environment,
  furtherProblems: readonly string[] = [],
): ConfigOf<S> {
  const problems = [...furtherProblems];
  const values = Object.entries(settings).map(([name, { variable, schema }]) => {
    const parsed = schema.safeParse(environment[variable] || undefined);
    if (!parsed.success) problems.push(`${variable}: ${parsed.error.issues[0]?.message}`);
    return [name, parsed.data] as const;
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(Object.fromEntries(values)) as ConfigOf<S>;
}
