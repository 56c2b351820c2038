import { ConfigError } from '../errors.ts';
import { type Environment, type ReadOptions, readSettings } from './readSettings.ts';
import type { ConfigOf, Settings } from './setting.ts';

/**
 * Reads settings into a frozen object: what the program gives before its environment, and both before the defaults. Throws ConfigError
 * naming everything that is missing, wrong or unknown, never only the first. Values are not repeated in messages: they may be secret.
 */
export function readConfig<const S extends Settings>(
  settings: S,
  environment: Environment,
  options: ReadOptions<S> = {},
): ConfigOf<S> {
  const { readings, problems: common } = readSettings(settings, environment, options);
  const found = Object.entries(readings);
  const own = found.flatMap(([, { problem }]) => (problem === undefined ? [] : [problem]));
  const problems = [...common, ...own];
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(
    Object.fromEntries(found.map(([name, { value }]) => [name, value])),
  ) as ConfigOf<S>;
}

/** The part of a configuration that these settings are. */
export function partOf<const S extends Settings>(settings: S, config: ConfigOf<S>): ConfigOf<S> {
  const names: readonly (keyof S)[] = Object.keys(settings);
  return Object.fromEntries(names.map((name) => [name, config[name]])) as ConfigOf<S>;
}
