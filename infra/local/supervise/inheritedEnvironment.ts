import { DASHBOARD_VARIABLES } from '@taskfleet/platform/dashboard';
import { IDENTITY_VARIABLES } from '@taskfleet/platform/identity';
import type { Environment } from '@taskfleet/toolbox/config';

const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'TZ', 'NODE_EXTRA_CA_CERTS'];

/**
 * What a local service gets of the environment of the person at this laptop: enough to run. Their AWS credentials and
 * profiles stay out; services get endpoints and dummy credentials.
 */
export function inheritedEnvironment(environment: Environment): Record<string, string> {
  return pick(environment, INHERITED);
}

/** What the platform alone gets besides: where it is to listen, for whom, and whose pages may show its own. */
export function platformEnvironment(environment: Environment): Record<string, string> {
  return pick(environment, ['HOST', 'PORT', ...IDENTITY_VARIABLES, ...DASHBOARD_VARIABLES]);
}

function pick(environment: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
