import type { Environment } from '@taskfleet/toolbox/config';

const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'TZ', 'NODE_EXTRA_CA_CERTS'];

/**
 * What a local service gets of the environment of the person at this laptop: enough to run. Their AWS credentials and
 * profiles stay out; services get endpoints and dummy credentials.
 */
export function inheritedEnvironment(environment: Environment): Record<string, string> {
  return pickVariables(environment, INHERITED);
}

/** The variables of these names, as far as they are there. */
export function pickVariables(
  environment: Environment,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
