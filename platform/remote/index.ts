export { NotOverHttpError, RemoteConfigError } from './errors.ts';
export { openRemoteFleet } from './openRemoteFleet.ts';
export {
  remoteAddress,
  remoteArguments,
  type RemoteConfig,
  remoteConfig,
  type RemoteOptions,
} from './remoteConfig.ts';
export { remoteSettings, sentEncrypted } from './remoteSettings.ts';
