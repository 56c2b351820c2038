import { context, SpanKind, trace } from '@opentelemetry/api';
import type { TaskId, TaskMessage } from '../contract/index.ts';
import { workerOfId } from '../contract/index.ts';
import { activeTrace } from './wireContext.ts';
import { failSpan, tracer } from './tracer.ts';

/**
 * Publishes a message in a span of its own, which the message carries as its `trace`. Begins in the same turn of the event loop, so
 * that the order of calls stays the order of publishes. Without an SDK the message stays as it was.
 */
export async function inScheduleSpan<T extends { readonly id: TaskId } | void>(
  message: TaskMessage,
  publish: (traced: TaskMessage) => Promise<T>,
): Promise<T> {
  const span = tracer().startSpan(`schedule ${message.task}`, {
    kind: SpanKind.PRODUCER,
    attributes: {
      'messaging.system': 'aws.sns',
      'messaging.operation.name': 'schedule',
      'messaging.operation.type': 'send',
      'messaging.destination.name': workerOfId(message.id),
      'messaging.message.id': message.id,
      'taskfleet.task': message.task,
    },
  });
  try {
    return await context.with(trace.setSpan(context.active(), span), async () => {
      const carried = activeTrace();
      const taken = await publish(carried ? { ...message, trace: carried } : message);
      // Another one, when a task of before stands for it.
      if (taken) span.setAttribute('messaging.message.id', taken.id);
      return taken;
    });
  } catch (error) {
    failSpan(span, error as Error);
    throw error;
  } finally {
    span.end();
  }
}
