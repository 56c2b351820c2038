import { nearestName } from '../contract/index.ts';
import type { Given, Setting, Settings } from './setting.ts';
import { unknownVariables } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a value comes from. An empty variable counts as none. */
export type SettingOrigin = 'argument' | 'environment' | 'default' | 'not set';

/** A setting as it was found. */
export interface Reading<S extends Setting = Setting> {
  readonly setting: S;
  readonly origin: SettingOrigin;
  /** As whoever gave it knows it: the argument or the variable. */
  readonly source: string;
  /** What its schema makes of it; undefined with a problem. */
  readonly value: unknown;
  /** Names its source, and never its value, which may be secret. */
  readonly problem: string | undefined;
}

/** By the settings' names. */
export type Readings = Readonly<Record<string, Reading>>;

/** What has to hold between settings: gives the problems. */
export type Rule = (readings: Readings) => readonly string[];

export interface ReadOptions<S extends Settings> {
  /** What the program says by itself. Default: nothing. */
  readonly given?: Given<S> | undefined;
  readonly rules?: readonly Rule[];
}

export interface ReadSettings {
  readonly readings: Readings;
  /** Of all together, beside what is wrong with each: unknown names, rules that are not kept. */
  readonly problems: readonly string[];
}

/** Finds every setting: argument before environment before default. Throws nothing. */
export function readSettings<const S extends Settings>(
  settings: S,
  environment: Environment,
  { given = {}, rules = [] }: ReadOptions<S> = {},
): ReadSettings {
  const readings = Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [
      name,
      readSetting(setting, {
        argument: given[name],
        name: setting.option ?? argumentName(name),
        text: environment[setting.variable] || undefined,
      }),
    ]),
  );
  const problems = [
    ...unknownVariables(environment),
    ...unknownArguments(given, Object.keys(settings)),
    ...rules.flatMap((rule) => rule(readings)),
  ];
  return { readings, problems };
}

interface Found {
  readonly argument: unknown;
  /** Of the argument. */
  readonly name: string;
  readonly text: string | undefined;
}

function readSetting(setting: Setting, { argument, name, text }: Found): Reading {
  const isArgument = argument !== undefined;
  const source = isArgument ? name : setting.variable;
  const parsed = setting.schema.safeParse(isArgument ? argument : text);
  const standard = parsed.data === undefined ? 'not set' : 'default';
  const unsaid = text === undefined ? standard : 'environment';
  const problem = parsed.success ? undefined : `${source}: ${parsed.error.issues[0]?.message}`;
  return {
    setting,
    origin: isArgument ? 'argument' : unsaid,
    source,
    value: parsed.data,
    problem,
  };
}

function argumentName(name: string): string {
  return `config.${name}`;
}

/** A program without types may give anything. */
function unknownArguments(given: Readonly<Record<string, unknown>>, known: readonly string[]) {
  return Object.keys(given)
    .filter((name) => given[name] !== undefined && !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      const hint =
        nearest === undefined ? `known are ${known.join(', ')}` : `did you mean "${nearest}"?`;
      return `${argumentName(name)}: is not known; ${hint}`;
    });
}
