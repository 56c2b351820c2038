import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTask, defineWorker, lambda } from '../contract/index.ts';
import {
  type Environment,
  type ServiceArguments,
  unknownVariables,
  wholeNumber,
  workerConfig,
} from './index.ts';

const add = defineTask('notes.add', { input: z.object({}), output: z.null() });
const notes = defineWorker('notes', {
  tasks: [add],
  settings: {
    signature: {
      variable: 'TASKFLEET_NOTES_SIGNATURE',
      meaning: 'what stands under each note',
      schema: z.string().default('—'),
    },
    most: {
      variable: 'TASKFLEET_NOTES_MOST',
      meaning: 'notes that are kept',
      schema: wholeNumber({ from: 1, to: 9, standard: 3, unit: 'notes' }),
    },
  },
});

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
  expect(workerConfig(notes, environment).service.pollSeconds).toBe(7);
  expect(workerConfig(notes, environment, { pollSeconds: 5 }).service.pollSeconds).toBe(5);
});

describe('what a contract has its worker told', () => {
  const reading = (more: Environment) => workerConfig(notes, { ...environment, ...more });

  it('has its type, and the default where the environment says nothing', () => {
    const { signature, most } = reading({ TASKFLEET_NOTES_MOST: '4' }).settings;
    expect([signature.toUpperCase(), most + 1]).toEqual(['—', 5]);
  });

  it('is refused together with all else that is wrong, and without its value', () => {
    const wrong = { TASKFLEET_NOTES_MOST: 'many', TASKFLEET_POLL_SECONDS: 'x' };
    expect(() => reading(wrong)).toThrow(
      'configuration: TASKFLEET_POLL_SECONDS: expected whole seconds from 0 to 20; TASKFLEET_NOTES_MOST: expected whole notes from 1 to 9',
    );
    expect(() => reading(wrong)).not.toThrow('many');
  });

  it('is known to every other program, and a slip of it to none', () => {
    const of = (variable: string) => ({ [variable]: 'x' });
    expect(unknownVariables(of('TASKFLEET_NOTES_SIGNATURE'))).toEqual([]);
    expect(unknownVariables(of('TASKFLEET_NOTES_SIGNATUR'))).toEqual([
      'TASKFLEET_NOTES_SIGNATUR: is not known; did you mean TASKFLEET_NOTES_SIGNATURE?',
    ]);
  });

  it.each(['NOTES_SIGNATURE', 'TASKFLEET_OTHER_X', 'TASKFLEET_NOTES_', 'TASKFLEET_NOTES_a'])(
    'is not declared as %s',
    (variable) => {
      const settings = { one: { variable, meaning: 'x', schema: z.string() } };
      expect(() => defineWorker('notes', { tasks: [add], settings })).toThrow(
        `settings.one: expected a variable such as TASKFLEET_NOTES_NAME, got "${variable}"`,
      );
    },
  );

  it('is no secret on Lambda', () => {
    const variable = 'TASKFLEET_NOTES_KEY';
    const settings = { key: { variable, meaning: 'x', schema: z.string(), secret: true } } as const;
    const define = () => defineWorker('notes', { tasks: [add], settings, compute: lambda() });
    expect(define).toThrow('settings.key: expected no secret with lambda()');
  });
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
  const read = () => workerConfig(notes, environment, { pollSeconds: -5 });
  expect(read).toThrow('configuration: config.pollSeconds: expected whole seconds from 0 to 20');
});
