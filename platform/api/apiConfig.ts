import {
  type ConfigOf,
  type DescribedSettings,
  type Rule,
  wholeNumber,
} from '@taskfleet/toolbox/config';
import { z } from 'zod';
import { LOOPBACK, wantsCredentials } from '../identity/index.ts';

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

export const apiSettings = {
  host: {
    variable: 'HOST',
    meaning: 'address that the HTTP interface listens on',
    bounds:
      'an address of this machine; without credentials to ask for, one that no other machine reaches',
    otherwise: '0.0.0.0, and 127.0.0.1 on a laptop',
    readers: ['platform', 'local'],
    schema: z.string().optional(),
  },
  port: {
    variable: 'PORT',
    meaning: 'port that it listens on; 0 for any free one',
    readers: ['platform', 'local'],
    schema: wholeNumber({ from: 0, to: 65_535, standard: STANDARD_PORT }),
  },
  proxies: {
    variable: 'TASKFLEET_PROXIES',
    meaning:
      'how many proxies are in front, each of which says in `X-Forwarded-For` whom it asks for',
    unit: 'proxies',
    readers: ['platform', 'local'],
    schema: wholeNumber({ from: 0, to: 10, standard: 0 }),
  },
} as const satisfies DescribedSettings;

/** Where the platform listens when nobody says: on a laptop for this machine alone. */
export function apiConfig(
  { host: asked, port, proxies }: ConfigOf<typeof apiSettings>,
  isLaptop: boolean,
): ApiConfig {
  return { host: asked ?? (isLaptop ? '127.0.0.1' : '0.0.0.0'), port, proxies };
}

/** Without an identity configuration everybody who reaches the interface may do everything: then only this machine may reach it. */
export const openHereAlone: Rule = (readings) => {
  const host = readings['host']?.value;
  if (typeof host !== 'string' || LOOPBACK.has(host) || wantsCredentials(readings)) return [];
  return [
    `${readings['host']?.source}: ${host} can be reached from other machines, and nothing says who may do what there; ` +
      'set up identity (docs/identity.md: TASKFLEET_API_KEYS=on or TASKFLEET_OIDC_ISSUER), or leave HOST out to listen on this machine alone',
  ];
};
