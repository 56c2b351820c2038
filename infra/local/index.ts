export { type Emulator, type EmulatorOptions } from './emulators/emulator.ts';
export {
  type QueueContents,
  type QueuedMessage,
  type QueuesEmulator,
  startQueues,
} from './emulators/queues.ts';
export { cachedServices, cachedTemplate } from './cachedTemplate.ts';
export { startTable } from './emulators/table.ts';
export { provisionFleet, type ProvisionFleetOptions } from './provisionFleet.ts';
export {
  emulatorEndpoints,
  type LocalStack,
  startStack,
  type StartStackOptions,
} from './startStack.ts';
export { LOCAL_ACCOUNT, LOCAL_REGION } from './provision/provisionedStack.ts';
export { resolve, type Scope } from './provision/resolve.ts';
export { DataFolderInUseError, DriftError, MissingOutputError, ProvisionError } from '../errors.ts';
export type { StackOutputs } from '../outputs.ts';
export {
  fleetEnvironment,
  type FleetEnvironment,
  queuesEnvironment,
  type QueuesEnvironment,
  serviceEnvironment,
  type ServiceEnvironment,
} from '../serviceEnvironment.ts';
