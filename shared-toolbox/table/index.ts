export type { FencedWrite } from './fencedUpdate.ts';
export { claimTask, type Claim } from './claimTask.ts';
export {
  definitionKey,
  type IndexName,
  resultKey,
  shardOf,
  SHARDS,
  TABLE_INDEXES,
  TASK_TABLE,
} from './layout.ts';
export { DEFINITIONS_PER_WRITE, type DefinitionToKeep, putDefinitions } from './putDefinitions.ts';
export { readTasks, type ReadTasksOptions } from './readTasks.ts';
export type { TaskTable } from './taskTable.ts';
export {
  recordFailed,
  recordProgress,
  recordReleased,
  recordRetrying,
  recordSnoozed,
  recordSucceeded,
} from './recordOutcome.ts';
