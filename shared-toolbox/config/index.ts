export {
  type FleetConfig,
  fleetConfig,
  LOCAL_STAGE,
  type ServiceConfig,
  serviceConfig,
} from './config.ts';
export { type Environment, readConfig } from './readConfig.ts';
