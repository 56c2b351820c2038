import { type Environment, LOCAL_STAGE, readConfig } from '@taskfleet/toolbox/config';
import { ConfigError } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { LOOPBACK } from '../identity/index.ts';

/** Where the HTTP interface listens. */
export interface ApiConfig {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Proxies in front, each of which says whom it asks for. Default: none, and nobody is believed to be one. */
  readonly proxies?: number;
}

/** Where nobody says another. */
export const STANDARD_PORT = 8484;

const settings = {
  host: { variable: 'HOST', schema: z.string().optional() },
  port: {
    variable: 'PORT',
    schema: z.coerce
      .number('expected a port from 0 to 65535')
      .int('expected a whole number')
      .min(0, 'expected at least 0')
      .max(65_535, 'expected at most 65535')
      .default(STANDARD_PORT),
  },
  proxies: {
    variable: 'TASKFLEET_PROXIES',
    schema: z.coerce
      .number('expected how many proxies are in front')
      .int('expected a whole number')
      .min(0, 'expected at least 0')
      .max(10, 'expected at most 10')
      .default(0),
  },
} as const;

/**
 * Reads `HOST`, `PORT` and `TASKFLEET_PROXIES`. Without an identity configuration everybody who reaches the interface may do everything: then it listens on
 * the loopback interface, and refuses any other. Throws ConfigError.
 */
export function apiConfig(environment: Environment, hasIdentity: boolean): ApiConfig {
  const { host: asked, port, proxies } = readConfig(settings, environment);
  const isLaptop = !hasIdentity || environment['TASKFLEET_STAGE'] === LOCAL_STAGE;
  const host = asked ?? (isLaptop ? '127.0.0.1' : '0.0.0.0');
  if (!hasIdentity && !LOOPBACK.has(host)) {
    throw new ConfigError([
      `HOST: ${host} can be reached from other machines, and nothing says who may do what there; ` +
        'set up identity (docs/identity.md: TASKFLEET_API_KEYS=on or TASKFLEET_OIDC_ISSUER), or leave HOST out to listen on this machine alone',
    ]);
  }
  return { host, port, proxies };
}
