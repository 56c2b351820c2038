import { type Clients, createClients } from '@taskfleet/toolbox/aws';
import { startQueues } from '../emulators/queues.ts';
import { startTable } from '../emulators/table.ts';
import { emulatorEndpoints } from '../startStack.ts';
import { LOCAL_REGION } from './provisionedStack.ts';
import { provisionTemplate } from './provisionTemplate.ts';

/** Emulators in memory, for tests of single resources. */
export interface OnEmulators extends AsyncDisposable {
  readonly clients: Clients;
  /** Provisions one resource as often as there are versions of its properties, and returns its `Ref`. */
  readonly provision: (
    type: string,
    stackName: string,
    ...versions: readonly object[]
  ) => Promise<string>;
}

export async function onEmulators(): Promise<OnEmulators> {
  const started = new AsyncDisposableStack();
  const queues = started.adopt(await startQueues({}), ({ stop }) => stop());
  const table = started.adopt(await startTable({}), ({ stop }) => stop());
  const endpoints = emulatorEndpoints({ queues: queues.endpoint, table: table.endpoint });
  const clients = createClients({ region: LOCAL_REGION, endpoints });
  return {
    clients,
    async provision(type, stackName, ...versions) {
      let ref = '';
      for (const properties of versions) {
        const template = templateOf(type, properties);
        ref = (await provisionTemplate({ stackName, template }, clients))['Ref'] ?? '';
      }
      return ref;
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function templateOf(Type: string, Properties: object) {
  return {
    Resources: { Thing: { Type, Properties } },
    Outputs: { Ref: { Value: { Ref: 'Thing' } } },
  };
}
