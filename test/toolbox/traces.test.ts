import { SpanKind } from '@opentelemetry/api';
import type { PublishBatchCommand } from '@aws-sdk/client-sns';
import { startDispatcher } from '@taskfleet/platform/dispatcher';
import { systemClock } from '@taskfleet/toolbox/clock';
import { definitionOf, type TaskContext } from '@taskfleet/toolbox/contract';
import { createPublisher } from '@taskfleet/toolbox/schedule';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordTraces } from '../fixtures/recordTraces.ts';
import { quiet } from '../fixtures/startParts.ts';
import { addNote, orderNote } from './notesFleet.ts';
import { WorkerBench } from './workerBench.ts';

interface Published {
  readonly body: Record<string, unknown>;
  readonly attributes: Record<string, string | undefined>;
}

let bench: WorkerBench;
let traces: ReturnType<typeof recordTraces>;
const published: Published[] = [];
beforeAll(async () => {
  bench = await WorkerBench.open();
  bench.stack.clients.sns.middlewareStack.add(
    (next) => async (args) => {
      const { PublishBatchRequestEntries = [] } = args.input as PublishBatchCommand['input'];
      for (const { Message = '', MessageAttributes = {} } of PublishBatchRequestEntries) {
        const attributes = Object.entries(MessageAttributes);
        published.push({
          body: JSON.parse(Message) as Record<string, unknown>,
          attributes: Object.fromEntries(attributes.map(([k, v]) => [k, v.StringValue])),
        });
      }
      return next(args);
    },
    { step: 'initialize' },
  );
});
beforeEach(() => {
  published.length = 0;
});
afterEach(() => traces?.stop());
afterAll(async () => bench.close());

/** Adds a note, whose handler orders another one as its child. */
const parentOfOne = async (_input: unknown, { id, schedule, subject }: TaskContext) => {
  if (subject === 'parent') await schedule(orderNote, { notebook: id, n: 1 });
  return { length: 1 };
};

describe('a trace', () => {
  it('goes from the caller over topic and queue to the task, and to its child', async () => {
    traces = recordTraces();
    bench.start(parentOfOne);
    const { id } = await traces.inSpan('GET /', async () =>
      bench.stack.scheduler.schedule(addNote, { text: 'x' }, { subject: 'parent' }),
    );
    await expect
      .poll(() => traces.named('run notes.order')[0]?.isEnded, { timeout: 15_000 })
      .toBe(true);
    const chain = [
      'GET /',
      'schedule notes.add',
      'run notes.add',
      'schedule notes.order',
      'run notes.order',
    ];
    const spans = chain.map((name) => traces.named(name)[0]);
    expect(new Set(spans.map((span) => span?.own.traceId)).size).toBe(1);
    expect(spans.slice(1).map((span) => span?.parentId)).toEqual(
      spans.slice(0, -1).map((span) => span?.own.spanId),
    );
    expect(spans[1]).toMatchObject({
      kind: SpanKind.PRODUCER,
      isEnded: true,
      attributes: { 'messaging.system': 'aws.sns', 'messaging.message.id': id },
    });
    expect(spans[2]).toMatchObject({
      kind: SpanKind.CONSUMER,
      attributes: {
        'messaging.message.id': id,
        'taskfleet.attempt': 1,
        'taskfleet.outcome': 'succeeded',
      },
    });
    const { traceId, spanId } = spans[1]?.own ?? {};
    const traceparent = `00-${traceId}-${spanId}-01`;
    expect(published[0]).toMatchObject({
      body: { trace: { traceparent } },
      attributes: { traceparent },
    });
  });

  it('has a span for each attempt, all under the one that scheduled it', async () => {
    traces = recordTraces();
    bench.start((_input, { attempt }) => {
      if (attempt === 1) throw new Error('no luck');
      return { length: 1 };
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await bench.untilState(id, 'succeeded');
    await expect
      .poll(() => traces.named('run notes.add').filter(({ isEnded }) => isEnded))
      .toHaveLength(2);
    const [scheduled] = traces.named('schedule notes.add');
    const parentId = scheduled?.own.spanId;
    expect(traces.named('run notes.add')).toMatchObject([
      {
        parentId,
        attributes: {
          'taskfleet.attempt': 1,
          'taskfleet.outcome': 'retrying',
          'error.type': 'Error',
        },
        errors: [{ message: 'no luck' }],
      },
      {
        parentId,
        attributes: { 'taskfleet.attempt': 2, 'taskfleet.outcome': 'succeeded' },
        errors: [],
      },
    ]);
  });

  it('is kept by a task that waits in the table', async () => {
    traces = recordTraces();
    bench.start(() => ({ length: 1 }));
    const { table, clients, resources, scheduler } = bench.stack;
    const { id } = await scheduler.schedule(addNote, { text: 'x' }, { delay: '1s' });
    const dispatcher = startDispatcher({
      table,
      publisher: createPublisher({
        sns: clients.sns,
        topicArn: resources.topicArn,
        table,
        clock: systemClock,
      }),
      clock: systemClock,
      log: quiet,
      holder: 'test',
    });
    await bench.untilState(id, 'succeeded');
    await dispatcher.stop();
    const [scheduled] = traces.named('schedule notes.add');
    expect(traces.named('run notes.add')).toMatchObject([{ parentId: scheduled?.own.spanId }]);
    expect(published[0]?.attributes['traceparent']).toContain(scheduled?.own.spanId);
  });
});

describe('without an SDK', () => {
  it('messages and records are as they were: nothing is added', async () => {
    bench.start(() => ({ length: 1 }));
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await bench.untilState(id, 'succeeded');
    expect(published[0]?.attributes).toEqual({ worker: 'notes' });
    expect(published[0]?.body).not.toHaveProperty('trace');
  });
});

it('a definition, which people see, goes without the trace', () => {
  const id = 'notes_00000000000000000000000000000001';
  const trace = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
  const message = {
    v: 1,
    id,
    root: id,
    task: 'notes.add',
    createdAt: 1,
    input: {},
    trace,
  } as const;
  expect(definitionOf(undefined, message)).not.toHaveProperty('trace');
});
