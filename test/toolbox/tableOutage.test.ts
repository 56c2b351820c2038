import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { systemClock } from '@taskfleet/toolbox/clock';
import { implement } from '@taskfleet/toolbox/contract';
import { createLog } from '@taskfleet/toolbox/log';
import { startWorker } from '@taskfleet/toolbox/runtime';
import { createScheduler } from '@taskfleet/toolbox/schedule';
import { afterEach, describe, expect, it } from 'vitest';
import { clientsOf, resourcesOf, serviceQueues } from '../fixtures/startParts.ts';
import { addNote, notesFleet, notesWorker } from './notesFleet.ts';
import { startRestartableStack } from './restartableStack.ts';

const PATIENCE = { timeout: 20_000, interval: 20 } as const;
const started = new AsyncDisposableStack();
afterEach(async () => started.disposeAsync());

async function startWorkerOnStack() {
  const stack = started.adopt(await startRestartableStack(notesFleet), async (s) => s.stop());
  const clients = clientsOf(stack);
  const resources = { ...resourcesOf(stack), ...serviceQueues(stack, 'notes') };
  const events: string[] = [];
  const write = (line: string) => void events.push((JSON.parse(line) as { event: string }).event);
  let receiving = 0;
  clients.sqs.middlewareStack.add((next, { commandName }) => async (args) => {
    const by = commandName === 'ReceiveMessageCommand' ? 1 : 0;
    receiving += by;
    return next(args).finally(() => (receiving -= by));
  });
  const handler = () => ({ length: 1 });
  const worker = startWorker({
    implementation: implement(notesWorker, {
      'notes.add': handler,
      'notes.order': handler,
      'notes.limited': handler,
    }),
    clients,
    resources,
    clock: systemClock,
    log: createLog({ level: 'debug', destination: { write } }),
    holder: 'notes_00000000000a',
    pollSeconds: 1,
    graceSeconds: 1,
    breaker: { probeIntervalMs: 100 },
  });
  started.defer(async () => worker.stop());
  const table = { dynamodb: clients.dynamodb, tableName: resources.tableName };
  const scheduler = createScheduler({ ...resources, sns: clients.sns, table, clock: systemClock });
  started.defer(() => scheduler.close());
  return {
    stack,
    resources,
    clients: clientsOf(stack),
    schedule: async (count: number) =>
      Promise.all(
        Array.from({ length: count }, async () => scheduler.schedule(addNote, { text: 'x' })),
      ),
    timesOf: (event: string) => events.filter((name) => name === event).length,
    isReceiving: () => receiving > 0,
  };
}

describe('a worker whose table goes away', () => {
  it('leaves messages where they are until it is back, and then runs them all', async () => {
    const { stack, resources, clients, schedule, timesOf, isReceiving } =
      await startWorkerOnStack();
    await stack.table.stop();
    const first = await schedule(5);
    await expect.poll(() => timesOf('breaker.opened'), PATIENCE).toBe(1);
    await expect.poll(isReceiving, PATIENCE).toBe(false);

    const waiting = await schedule(5);
    const looks = timesOf('breaker.stayedOpen');
    await expect.poll(() => timesOf('breaker.stayedOpen'), PATIENCE).toBeGreaterThan(looks + 10);
    expect(isReceiving()).toBe(false);
    expect(timesOf('task.started')).toBe(0);

    // Seen for the first time by this very receive, which hides them for no time.
    const look = new ReceiveMessageCommand({
      QueueUrl: resources.queueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    });
    const { Messages = [] } = await clients.sqs.send(look);
    const counts = new Map(
      Messages.map(({ Body = '', Attributes }) => [
        JSON.parse(Body).id,
        Attributes?.ApproximateReceiveCount,
      ]),
    );
    expect(waiting.map(({ id }) => counts.get(id))).toEqual(Array(5).fill('1'));

    await stack.table.restart();
    const all = [...first, ...waiting];
    const outputs = await Promise.all(all.map(async (task) => task.result({ timeout: '20s' })));
    expect(outputs).toEqual(all.map(() => ({ length: 1 })));
    const dead = { QueueUrl: resources.deadLetterQueueUrl, WaitTimeSeconds: 0 };
    expect((await clients.sqs.send(new ReceiveMessageCommand(dead))).Messages ?? []).toEqual([]);
  });
});
