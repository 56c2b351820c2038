import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { z } from 'zod';
import { expect, it } from 'vitest';
import { defineTask, newTaskId, type TaskMessage } from '../../contract/index.ts';
import { createLog, type LogLevel } from '../../log/index.ts';
import { manualClock } from '../../testing/manualClock.ts';
import type { Attempt } from '../attempt.ts';
import { LogKeeper } from './logKeeper.ts';

const clock = manualClock();

interface Declared {
  readonly task: boolean | undefined;
  readonly worker?: boolean;
  readonly level?: LogLevel;
}

/** How many writes it takes that an attempt says two lines and fails; and how many lines it has said by its record. */
async function keep({ task: log, worker = true, level = 'info' }: Declared) {
  const mock = mockClient(DynamoDBClient);
  const dynamodb = new DynamoDBClient({ region: 'us-east-1' });
  const own = createLog({ level, destination: { write: () => undefined } });
  const table = { dynamodb, tableName: 't' };
  const keeper = new LogKeeper({ table, worker: { log: worker }, clock, log: own });
  const task = defineTask('a.b', {
    input: z.object({}),
    output: z.null(),
    ...(log !== undefined && { log }),
  });
  const id = newTaskId('a', clock);
  const message: TaskMessage = { v: 1, id, root: id, createdAt: 0, task: 'a.b', input: {} };
  const attempt: Attempt = {
    message,
    task,
    handler: () => null,
    number: 1,
    token: 1,
    snoozes: 0,
    startedAt: 0,
    signal: new AbortController().signal,
  };
  const kept = keeper.begin(attempt);
  kept.say('debug', 'in detail', undefined);
  kept.say('info', 'in short', undefined);
  await kept.end('failed');
  return mock.commandCalls(PutItemCommand).map(({ args }) => args[0].input.Item?.['said']?.N);
}

it.each([
  [undefined, true, true],
  [undefined, false, false],
  [false, true, false],
  [true, false, true],
])(
  'with log: %s of the task and %s of its worker, lines are kept: %s',
  async (task, worker, is) => {
    expect(await keep({ task, worker })).toEqual(is ? ['1'] : []);
  },
);

it('has lines of level debug where the own log has them, and the others always', async () => {
  expect(await keep({ task: true, level: 'debug' })).toEqual(['2']);
  expect(await keep({ task: true, level: 'error' })).toEqual(['1']);
});
