import { expect, it } from 'vitest';
import { z } from 'zod';
import type { ServiceArguments } from '../config/index.ts';
import { defineTask, defineWorker, implement } from '../contract/index.ts';
import { workerConfig } from './workerParts.ts';

const add = defineTask('notes.add', { input: z.object({}), output: z.null() });
const notes = implement(defineWorker('notes', { tasks: [add] }), { 'notes.add': () => null });

const environment = {
  TASKFLEET_STAGE: 'prod',
  AWS_REGION: 'eu-central-1',
  TASKFLEET_TOPIC_ARN: 'arn:aws:sns:eu-central-1:1:tasks.fifo',
  TASKFLEET_TABLE: 'tasks',
  TASKFLEET_BUCKET: 'artifacts',
  TASKFLEET_QUEUE_URL: 'https://sqs/notes',
  TASKFLEET_DEAD_LETTER_QUEUE_URL: 'https://sqs/notes_dead',
  TASKFLEET_POLL_SECONDS: '7',
};

it('takes what the program of a worker says before its environment', () => {
  expect(workerConfig(notes, environment, {}).pollSeconds).toBe(7);
  expect(workerConfig(notes, environment, { config: { pollSeconds: 5 } }).pollSeconds).toBe(5);
});

it('does not compile with a name or a type that there is not', () => {
  const names: ServiceArguments = {
    // @ts-expect-error the setting is pollSeconds
    pollSecond: 5,
  };
  // @ts-expect-error a variable comes as text, an argument as a number
  const types: ServiceArguments = { pollSeconds: '5' };
  expect(Object.keys({ ...names, ...types })).toEqual(['pollSecond', 'pollSeconds']);
});

it('refuses what the program says wrongly by the name that it has there', () => {
  const read = () => workerConfig(notes, environment, { config: { pollSeconds: -5 } });
  expect(read).toThrow('configuration: config.pollSeconds: expected whole seconds from 0 to 20');
});
