export { type DueLagOptions, readDueLag } from './readDueLag.ts';
export {
  type RunningDispatcher,
  startDispatcher,
  type StartDispatcherOptions,
} from './startDispatcher.ts';
