import { type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';

/** Asked for each time: whoever registers an SDK later is heard too, and without one this costs nothing. */
export function tracer(): Tracer {
  return trace.getTracer('taskfleet');
}

/** Marks a span as failed, in the words of OpenTelemetry's conventions. */
export function failSpan(span: Span, error: Error): void {
  span.recordException(error);
  span.setAttribute('error.type', error.name);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
}
