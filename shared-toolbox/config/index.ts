export {
  type FleetArguments,
  type FleetConfig,
  fleetConfig,
  type ServiceArguments,
  type ServiceConfig,
  serviceConfig,
  type WorkerConfig,
  workerConfig,
  workerSettings,
  withEndpoints,
} from './config.ts';
export { endpointsFitStage, fleetSettings, LOCAL_STAGE } from './fleetSettings.ts';
export { fromText, wholeNumber } from './fromText.ts';
export { partOf, readConfig } from './readConfig.ts';
export {
  type Environment,
  type SettingOrigin,
  type Reading,
  type Readings,
  readSettings,
  type Rule,
} from './readSettings.ts';
export { consumerSettings, queuesFitPriorities, serviceSettings } from './serviceSettings.ts';
export {
  type ConfigOf,
  type DescribedSetting,
  type DescribedSettings,
  type Given,
  type SettingReader,
  SETTING_READERS,
} from './setting.ts';
export { PREFIX, unknownVariables, VARIABLES } from './variables.ts';
