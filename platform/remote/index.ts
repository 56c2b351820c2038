export { NotOverHttpError, RemoteConfigError } from './errors.ts';
export { openRemoteFleet } from './openRemoteFleet.ts';
export {
  givenAddress,
  readAddress,
  type RemoteConfig,
  remoteConfig,
  type RemoteOptions,
} from './remoteConfig.ts';
