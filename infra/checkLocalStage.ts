import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { DefinitionError } from '@taskfleet/toolbox/contract';

const ON_THIS_MACHINE = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Throws DefinitionError for the stage `local` unless everything goes to an emulator on this machine: in an account its
 * programs would refuse to start.
 * @param endpoint where the AWS SDK and the CDK's command line go to: `AWS_ENDPOINT_URL`
 */
export function checkLocalStage(stage: string, endpoint: string | undefined): void {
  if (stage !== LOCAL_STAGE || isOnThisMachine(endpoint)) return;
  throw new DefinitionError('stack', [
    'stage: "local" is deployed to an emulator only; expected AWS_ENDPOINT_URL with an address of this machine, ' +
      `got ${endpoint === undefined ? 'none' : `"${endpoint}"`}; npm run test:deploy sets it`,
  ]);
}

function isOnThisMachine(endpoint: string | undefined): boolean {
  const url = URL.parse(endpoint ?? '');
  return url !== null && ON_THIS_MACHINE.has(url.hostname);
}
