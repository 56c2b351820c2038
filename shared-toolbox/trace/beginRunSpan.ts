import { context, SpanKind, trace } from '@opentelemetry/api';
import type { TaskMessage } from '../contract/index.ts';
import { workerOfId } from '../contract/index.ts';
import { contextOf } from './wireContext.ts';
import { failSpan, tracer } from './tracer.ts';

/** An attempt's span, under the one that scheduled its task. */
export interface RunSpan {
  /** Does it under the span: what it schedules is a child. */
  readonly within: <T>(doIt: () => Promise<T>) => Promise<T>;
  /** `error` marks it as failed. */
  readonly end: (outcome: string, error: Error | undefined) => void;
}

export function beginRunSpan({ id, task, trace: carried }: TaskMessage, attempt: number): RunSpan {
  const parent = contextOf(carried);
  const attributes = {
    'messaging.system': 'aws_sqs',
    'messaging.operation.name': 'run',
    'messaging.operation.type': 'process',
    'messaging.destination.name': workerOfId(id),
    'messaging.message.id': id,
    'taskfleet.task': task,
    'taskfleet.attempt': attempt,
  };
  const span = tracer().startSpan(`run ${task}`, { kind: SpanKind.CONSUMER, attributes }, parent);
  return {
    within: async (doIt) => context.with(trace.setSpan(parent, span), doIt),
    end: (outcome, error) => {
      span.setAttribute('taskfleet.outcome', outcome);
      if (error) failSpan(span, error);
      span.end();
    },
  };
}
