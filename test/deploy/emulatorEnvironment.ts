import { devNull } from 'node:os';
import { LOCAL_REGION } from '@taskfleet/infra/local';
import { DeployError } from './errors.ts';

/** What the SDKs take instead of a person's own configuration. */
const NOBODY = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

const DUMMY_CREDENTIALS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

/**
 * The AWS settings of every program that a rehearsal runs: an emulator's address, and credentials that no account has.
 * Throws DeployError for an address that is not this machine's: without one, everything would go to AWS.
 * @param endpoint such as `http://localhost:4566`
 */
export function emulatorEnvironment(endpoint: string): Record<string, string> {
  return { ...environmentWithoutCredentials(endpoint), ...DUMMY_CREDENTIALS };
}

/** The same for somebody who has not logged in. */
export function environmentWithoutCredentials(endpoint: string): Record<string, string> {
  if (!/^http:\/\/localhost:\d+$/.test(endpoint)) {
    throw new DeployError(`expected an endpoint such as http://localhost:4566, got "${endpoint}"`);
  }
  return {
    ...NOBODY,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
  };
}
