export { deadLettersOutliveTheirQueue } from './deadLettersOutliveTheirQueue.ts';
export { functionsHaveTheirTime } from './functionsHaveTheirTime.ts';
export { receivesCoverRetries } from './receivesCoverRetries.ts';
export { retriesEndInTheQueue } from './retriesEndInTheQueue.ts';
export {
  type Found,
  idOf,
  readTemplate,
  resourceOf,
  resourcesOf,
  type Rule,
  type Synthesized,
  type Template,
} from './rule.ts';
export { redriveOf, type Subscribed, subscribedQueues } from './serviceQueues.ts';
export { throughputIsOfGroups } from './throughputIsOfGroups.ts';
export { visibilityFitsCompute } from './visibilityFitsCompute.ts';
export { FLEET_OUTPUTS, PLATFORM, queueOutputs } from '../outputs.ts';
