/** Every log line that Taskfleet writes by itself: its name, `subject.verb` in the past tense, and its fields. */
export interface LogEvents {
  'worker.started': {
    worker: string;
    tasks: readonly string[];
    concurrency: number;
    pool: string;
  };
  'worker.stopping': { running: number };
  'worker.stopped': { abandoned: number };
  /** Somebody wants this process to begin nothing new, or to go on. */
  'worker.paused': object;
  'worker.resumed': object;
  /** Somebody wants this process to end; it stops in order. */
  'worker.dismissed': { by: string };
  /** The process is not heard, or does not hear what is wanted of it; said once until it is. */
  'heartbeat.failed': { error: string };
  /** What was counted could not be written; it is tried again, and said once until it is. */
  'statistics.failed': { error: string };
  /** What a handler has said could not be kept for people to look at; said once until it can. */
  'log.failed': { error: string };
  /** What is in the queues could not be kept for this minute; said once until it is. */
  'depths.failed': { error: string };
  'platform.started': { stage: string };
  'platform.stopped': { abandoned: number };
  'receive.failed': { error: string };
  'receive.recovered': { failures: number };
  'settle.failed': { error: string };
  'message.refused': { reason: string };
  'input.failed': { error: string };
  'claim.failed': { error: string };
  'record.failed': { error: string };
  'turn.failed': { error: string };
  /** A rate limit lets it begin later. */
  'task.throttled': { delayMs: number };
  'task.started': { attempt: number };
  'task.succeeded': { attempt: number; durationMs: number };
  'task.failed': { attempt: number; durationMs: number; error: string; stack: string | undefined };
  'task.retried': {
    attempt: number;
    durationMs: number;
    delayMs: number;
    error: string;
    stack: string | undefined;
  };
  'task.snoozed': { attempt: number; delayMs: number };
  'task.cancelled': { attempt: number; by: string };
  /** Nobody had begun it in time. */
  'task.expired': { expires: number };
  'task.released': { attempt: number; durationMs: number };
  'task.redelivered': { state: string };
  'lease.lost': { reason: string };
  'write.superseded': { attempt: number };
  'write.abandoned': { attempt: number };
  'handler.unresponsive': { attempt: number };
  /** It went on after its end, and was ended with its thread. */
  'handler.killed': { attempt: number; reason: string };
  /** A thread made room for a new one. */
  'thread.recycled': { tasks: number; heldBytes: number };
  /** No thread can start, or one cannot be ended: the process takes nothing new, and ends. */
  'pool.broken': { error: string };
  /** How many tasks may run at the same time from now on. */
  'concurrency.changed': { from: number; to: number; why: string };
  /** ECS may stop this container for a scale-in although it runs tasks. */
  'protection.failed': { error: string };
  /** A hook threw, or took too long; nothing follows from it. */
  'hook.failed': { hook: string; id?: string; error: string };
  /** What follows from a task's end in its flow could not be done yet; it is tried again. */
  'flow.failed': { flow: string; error: string };
  /** The HTTP interface answers, on this machine's address. */
  'api.started': { address: string };
  'api.failed': { error: string };
  /** A request was answered with 500: a defect, or a store that answers nonsense. `path` is the route's, without what was asked for. */
  'request.failed': { method: string; path: string; error: string };
  /** What came of an action that was audited could not be written; its entry stays without an outcome. */
  'audit.failed': { error: string };
  'definition.failed': { error: string };
  /** The table did not let the dispatcher do its work; said once until it does. */
  'dispatch.failed': { error: string };
  /** A message that is due stays in the table, because the topic refuses it. */
  'due.refused': { id: string; error: string };
  'periodic.fired': { id: string; periodic: string; at: number };
  /** A firing made no task: this one with its unique key had not ended. */
  'periodic.skipped': { id: string; periodic: string; at: number };
  /** A firing made no task: its input does not fit any more, its task is gone, or the topic refuses it. */
  'periodic.refused': { periodic: string; error: string };
  /** A message lies in a dead-letter queue, and is known as this letter from now on. */
  'letter.recorded': { letter: string; reason: string };
  /** Deleted: what it asked for has ended, or is known by another copy. */
  'letter.discarded': { letter: string; why: string };
  /** Back in its service's queue. */
  'letter.redriven': { letter: string };
  'letter.failed': { error: string };
  /** Calls are refused from now on; the reason is the last failure. */
  'breaker.opened': { breaker: string; reason: string; retryAfterMs: number };
  'breaker.halfOpened': { breaker: string; reason: string };
  /** The probe failed. */
  'breaker.stayedOpen': { breaker: string; reason: string; retryAfterMs: number };
  'breaker.closed': { breaker: string; reason: string; openMs: number };
  /** No receive has succeeded for too long, without a reason that is known; the process ends. */
  'watchdog.expired': { silentMs: number };
}

/** Lines that are not plain news. Everything else is `info`. */
export const EVENT_LEVELS: Partial<Record<keyof LogEvents, 'debug' | 'warn' | 'error'>> = {
  'worker.paused': 'warn',
  'worker.dismissed': 'warn',
  'heartbeat.failed': 'warn',
  'statistics.failed': 'warn',
  'log.failed': 'warn',
  'depths.failed': 'warn',
  'receive.failed': 'error',
  'settle.failed': 'warn',
  'message.refused': 'error',
  'input.failed': 'error',
  'claim.failed': 'error',
  'turn.failed': 'error',
  'task.throttled': 'debug',
  'record.failed': 'error',
  'task.failed': 'error',
  'task.retried': 'warn',
  'lease.lost': 'warn',
  'write.superseded': 'warn',
  'write.abandoned': 'error',
  'handler.unresponsive': 'error',
  'handler.killed': 'error',
  'thread.recycled': 'debug',
  'pool.broken': 'error',
  'protection.failed': 'warn',
  'hook.failed': 'warn',
  'flow.failed': 'error',
  'request.failed': 'error',
  'api.failed': 'error',
  'audit.failed': 'error',
  'definition.failed': 'error',
  'dispatch.failed': 'error',
  'due.refused': 'error',
  'periodic.refused': 'error',
  'letter.recorded': 'warn',
  'letter.failed': 'error',
  'breaker.opened': 'error',
  'breaker.halfOpened': 'debug',
  'breaker.stayedOpen': 'debug',
  'watchdog.expired': 'error',
};
