/** Every log line that Taskfleet writes by itself: its name, `subject.verb` in the past tense, and its fields. */
export interface LogEvents {
  'worker.started': { worker: string; tasks: readonly string[]; concurrency: number };
  'worker.stopping': { running: number };
  'worker.stopped': { abandoned: number };
  'platform.started': { stage: string };
  'platform.stopped': { abandoned: number };
  'receive.failed': { error: string };
  'receive.recovered': { failures: number };
  'settle.failed': { error: string };
  'message.refused': { reason: string };
  'claim.failed': { error: string };
  'record.failed': { error: string };
  'task.started': { attempt: number };
  'task.succeeded': { attempt: number; durationMs: number };
  'task.failed': { attempt: number; durationMs: number; error: string };
  'task.retried': { attempt: number; durationMs: number; delayMs: number; error: string };
  'task.snoozed': { attempt: number; delayMs: number };
  'task.released': { attempt: number; durationMs: number };
  'task.redelivered': { state: string };
  'lease.lost': { reason: string };
  'write.superseded': { attempt: number };
  'write.abandoned': { attempt: number };
  'handler.unresponsive': { attempt: number };
  'definition.failed': { error: string };
}

/** Lines that are not plain news. Everything else is `info`. */
export const EVENT_LEVELS: Partial<Record<keyof LogEvents, 'debug' | 'warn' | 'error'>> = {
  'receive.failed': 'error',
  'settle.failed': 'warn',
  'message.refused': 'error',
  'claim.failed': 'error',
  'record.failed': 'error',
  'task.failed': 'error',
  'task.retried': 'warn',
  'lease.lost': 'warn',
  'write.superseded': 'warn',
  'write.abandoned': 'error',
  'handler.unresponsive': 'error',
  'definition.failed': 'error',
};
