import {
  type Context,
  context,
  createTraceState,
  isSpanContextValid,
  trace as traces,
} from '@opentelemetry/api';
import { LONGEST_TRACESTATE, type TraceContext } from '../contract/index.ts';

/** The active span as a message carries it; undefined when nobody traces. */
export function activeTrace(): TraceContext | undefined {
  const active = traces.getSpanContext(context.active());
  if (!active || !isSpanContextValid(active)) return undefined;
  const { traceId, spanId, traceFlags, traceState } = active;
  const flags = traceFlags.toString(16).padStart(2, '0');
  const tracestate = traceState?.serialize() ?? '';
  const isCarried = tracestate !== '' && tracestate.length <= LONGEST_TRACESTATE;
  return {
    traceparent: `00-${traceId}-${spanId}-${flags}`,
    ...(isCarried && { tracestate }),
  };
}

/** The active context, under the span that a message names. */
export function contextOf(carried: TraceContext | undefined): Context {
  if (!carried) return context.active();
  const [, traceId = '', spanId = '', flags = ''] = carried.traceparent.split('-');
  return traces.setSpanContext(context.active(), {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
    ...(carried.tracestate !== undefined && { traceState: createTraceState(carried.tracestate) }),
  });
}

/** Does it under the span that is named. */
export async function underTrace<T>(
  carried: TraceContext | undefined,
  doIt: () => Promise<T>,
): Promise<T> {
  return context.with(contextOf(carried), doIt);
}
