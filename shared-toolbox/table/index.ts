export type { FencedWrite } from './fencedUpdate.ts';
export { claimTask, type Claim } from './claimTask.ts';
export {
  definitionKey,
  heartbeatKey,
  type IndexName,
  logKey,
  resultKey,
  shardOf,
  SHARDS,
  TABLE_INDEXES,
  TASK_TABLE,
} from './layout.ts';
export {
  DUE_SHARDS,
  type DueMessage,
  type DueTask,
  isDueKept,
  keepDue,
  keepDueOnce,
  moveDue,
  readDue,
  readDueTask,
  removeDue,
  takeDue,
} from './dueMessages.ts';
export {
  confirmFlow,
  endFlow,
  type Flow,
  type FlowEnd,
  type FlowFailed,
  noteTold,
  putFlow,
  readFlow,
  readUnstarted,
} from './flows.ts';
export { createJoin, type Join, putStop, readStop, removeMember, type Stop } from './joins.ts';
export { epochSeconds, expiryOf } from './expiry.ts';
export { firstDueAt } from './firstDueAt.ts';
export { readItems } from './readItems.ts';
export {
  DEFINITIONS_PER_WRITE,
  type DefinitionToKeep,
  putDefinitionOnce,
  putDefinitions,
} from './putDefinitions.ts';
export { type KeptLog, type LogLine, packLines, putLog, readLog } from './taskLogs.ts';
export {
  type DepthsToKeep,
  putDepths,
  putDepthsOnce,
  type QueueDepth,
  type QueueDepths,
  readDepths,
  readDepthsAt,
} from './queueDepths.ts';
export { type DueQuery, readDueItems } from './readDueItems.ts';
export { readResult } from './readResult.ts';
export { readTasks, type ReadTasksOptions } from './readTasks.ts';
export type { TaskTable } from './taskTable.ts';
export {
  type KeptOutput,
  recordCancelledAttempt,
  recordFailed,
  recordProgress,
  recordReleased,
  recordRetrying,
  recordSnoozed,
  recordSucceeded,
} from './recordOutcome.ts';
export {
  type CancelNotice,
  changeControl,
  type ChangeControl,
  type Control,
  controlKey,
  readControl,
  type ReadControlOptions,
  type Wanted,
  type WantedLimits,
} from './control.ts';
export {
  type Heartbeat,
  PROCESSES_PARTITION,
  putHeartbeat,
  readHeartbeats,
  removeHeartbeat,
} from './heartbeats.ts';
export type { RunningTask } from './packRunning.ts';
export { tellCancel } from './tellCancel.ts';
export { type Addressee, wantedOf, type WantedState } from './wantedOf.ts';
export { type Cancellation, recordCancelled, recordCancelRequest } from './recordCancel.ts';
export { type Death, recordDead } from './recordDead.ts';
export { recordExpired } from './recordExpired.ts';
export { recordPurged, type Purge } from './recordPurged.ts';
export { recordRedriven } from './recordRedriven.ts';
export { rateKey, recordTurn, takeTurn, type TurnRequest } from './turns.ts';
export {
  giveUniqueBack,
  readUnique,
  takeUnique,
  type UniqueClaim,
  type UniqueHolder,
} from './uniqueTasks.ts';
export { unlessRefused } from './unlessRefused.ts';
export { type Update, updateExpression } from './updateExpression.ts';
export {
  addStatistics,
  COUNTERS_PER_WRITE,
  readStatisticsAt,
  type ReadStatistics,
  STATISTICS_SHARDS,
  statisticsKey,
  type StatisticsPlace,
} from './statistics.ts';
