export {
  type RunningDispatcher,
  startDispatcher,
  type StartDispatcherOptions,
} from './startDispatcher.ts';
