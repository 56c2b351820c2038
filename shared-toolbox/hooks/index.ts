export { VetoError } from '../contract/index.ts';
export { errorReporter, type ErrorReporter } from './errorReporter.ts';
export { HookCaller, type HookCallerOptions } from './hookCaller.ts';
export type {
  EndFacts,
  Hooks,
  RunFacts,
  RunOutcome,
  ScheduledFacts,
  TaskFacts,
  WorkerFacts,
} from './hooks.ts';
export { taskFacts } from './taskFacts.ts';
