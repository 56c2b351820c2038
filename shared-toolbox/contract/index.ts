export { artifactRef, isArtifactRef } from './artifactRef.ts';
export { type ByteSize, describeMegabytes } from './byteSize.ts';
export {
  type Canvas,
  type CanvasNode,
  chain,
  chord,
  chunks,
  type FailureRule,
  type Feed,
  group,
  into,
  map,
  mapEach,
  nodeOf,
  type OutOf,
  partial,
  type Settled,
  signature,
  starmap,
  step,
  type Step,
} from './canvas.ts';
export {
  type Compute,
  fargate,
  type FargateCompute,
  type FargateOptions,
  type FargateScaleOptions,
  lambda,
  type LambdaCompute,
  type LambdaOptions,
} from './compute.ts';
export type {
  ArtifactRef,
  Artifacts,
  LinkOptions,
  ReadOptions,
  StoredArtifact,
} from './artifacts.ts';
export type { Schedule, ScheduleMany, TaskContext, TaskHandle, TaskLog } from './context.ts';
export { limitsOf, withLimits } from './callLimits.ts';
export { definitionOf } from './definition.ts';
export { asList, eachTask } from './eachTask.ts';
export type { Demonstration, DemonstrationFile } from './demonstration.ts';
export { type Duration, DURATION_FORM, parseDuration } from './duration.ts';
export { toMilliseconds } from './toMilliseconds.ts';
export { knownPart } from './knownPart.ts';
export { validateOutput } from './validateOutput.ts';
export {
  defineFleet,
  findTask,
  type Fleet,
  type FleetOptions,
  PLATFORM_LEASE_SECONDS,
} from './fleet.ts';
export { nearestName } from './nearestName.ts';
export { jsonOf, labelProblem } from './callInput.ts';
export {
  type Firing,
  MISSED_AFTER_MS,
  MISSED_POLICIES,
  type MissedPolicy,
  MOST_MADE_UP,
  periodic,
  type PeriodicOptions,
  type PeriodicTask,
  type PeriodicWhen,
} from './periodic.ts';
export { nextTime, nextTimes, type Timing, timingProblems } from './timing.ts';
export {
  afterFailure,
  afterSuccess,
  childPath,
  type Consequence,
  FLOW_WORKER,
  type FlowPath,
  indexesOf,
  isFlowId,
  ROOT,
  scopeOf,
  scopesOf,
  type Segment,
} from './flowPath.ts';
export { functionTimeoutSeconds, visibilitySeconds } from './functionTime.ts';
export { publishedAt } from './taskFields.ts';
export { LONGEST_TRACESTATE, type TraceContext } from './traceContext.ts';
export { type Handler, type Handlers, implement, type WorkerImplementation } from './implement.ts';
export {
  MESSAGE_VERSION,
  parseMessage,
  serializeMessage,
  type TaskMessage,
  WORKER_ATTRIBUTE,
} from './message.ts';
export { messageGroupId } from './messageGroup.ts';
export {
  LARGEST_VALUE_BYTES,
  OFFLOAD_ABOVE_BYTES,
  OFFLOAD_ROOT,
  offloadDays,
  inputKey,
  outputKey,
  type OffloadPart,
  type OffloadLifetime,
  offloadLifetimes,
  offloadPrefix,
  QUEUE_RETENTION_DAYS,
  WAITING_DAYS,
} from './offload.ts';
export type { PingTask } from './ping.ts';
export {
  EVERY_QUEUE,
  PLATFORM_QUEUE,
  type QueueSettings,
  workerQueueSettings,
} from './queueSettings.ts';
export {
  inline,
  type InlinePool,
  type Pool,
  type RecycleOptions,
  type ThreadOptions,
  type ThreadPool,
  threads,
} from './pool.ts';
export { callPriorityProblems, PRIORITIES, type Priority, PRIORITY_WEIGHTS } from './priority.ts';
export {
  combineRecord,
  parseDefinitionRecord,
  parseResultRecord,
  RECORD_VERSION,
  type AttemptError,
  type RecordedError,
  type TaskDefinitionRecord,
  type TaskRecord,
  type TaskResultRecord,
} from './record.ts';
export type { CallLimits, ManyOptions, ScheduleOptions } from './scheduleOptions.ts';
export type { FlowFailure, FlowHandle, Start, StartOptions, StepOptions } from './startOptions.ts';
export { parseRateLimit, RATE_LIMIT_FORM, type RateLimit } from './rateLimit.ts';
export { isProcessId, newProcessId, type ProcessId, workerOfProcess } from './processId.ts';
export { holdsSecret, isSecret, redact, REDACTED, secret, secretsIn } from './secret.ts';
export {
  canBecome,
  CLAIMABLE_STATES,
  isTerminal,
  TASK_STATES,
  type TaskState,
  TERMINAL_STATES,
  type TerminalState,
  TRANSITIONS,
} from './states.ts';
export {
  type BackoffOptions,
  LONGEST_DELAY_MS,
  LONGEST_HOLD_MS,
  retryDelayMs,
  type RetryOptions,
  type RetryPolicy,
} from './retryPolicy.ts';
export {
  type AnyTask,
  defineTask,
  type InputOf,
  LONGEST_RETENTION_MS,
  type OutputOf,
  type ParsedInputOf,
  type ReturnOf,
  type Task,
  type TaskName,
  type TaskOptions,
} from './task.ts';
export {
  derivedTaskId,
  type IdSource,
  isTaskId,
  newTaskId,
  type TaskId,
  workerOfId,
} from './taskId.ts';
export { fieldProblems, type Json, type Parsed, validate } from './validate.ts';
export {
  defineWorker,
  handledTasks,
  isConcurrency,
  maxReceiveCount,
  type Worker,
  type WorkerOptions,
} from './worker.ts';
export { type Permission } from './permission.ts';
export {
  declaredVariables,
  type SettingsOf,
  variablePrefix,
  type WorkerSetting,
  type WorkerSettings,
} from './workerSettings.ts';
export { invocationShares, queuesOf, routingKey, type WorkerQueue } from './workerQueues.ts';
export {
  ArtifactNotFoundError,
  BucketMissingError,
  ConfigError,
  DefinitionError,
  type FieldProblem,
  FormatError,
  NonRetryableError,
  PublishError,
  ResultTimeoutError,
  ResultIgnoredError,
  RetryAfter,
  ScheduleManyError,
  Snooze,
  StoredValueError,
  TaskFailedError,
  TaskfleetError,
  ThrottledError,
  TooLargeError,
  UnavailableError,
  UnknownIdError,
  UnknownTaskError,
  ValidationError,
  VetoError,
} from '../errors.ts';
