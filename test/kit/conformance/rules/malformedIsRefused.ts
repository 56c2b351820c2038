import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { isTerminal, newTaskId, type TaskId, type TaskRecord } from '@taskfleet/toolbox/contract';
import { systemClock } from '@taskfleet/toolbox/clock';
import { queuesOf } from '../../parts.ts';
import { PROBES, takes } from '../probes.ts';
import { describeEnd } from '../rehearsal/describeEnd.ts';
import type { Rehearsal } from '../rehearsal/rehearsal.ts';
import type { Trial } from '../rehearsal/samples.ts';
import type { Rule } from '../rule.ts';

/** What nobody can do ends at once, with a reason that a person understands, and what waits behind it is done. */
export const malformedIsRefused: Rule = {
  name: 'malformed messages are refused, and block nothing',
  check: async (subject) => {
    const rehearsal = await subject.rehearsal();
    const sent = [
      ...strange(rehearsal),
      ...rehearsal.trials.flatMap((one) => wrong(rehearsal, one)),
    ];
    const healthy = message(rehearsal, rehearsal.worker.ping.name, {});
    // All in one group, so that what is not refused stands in the way.
    for (const { id, body } of [...sent, healthy]) await send(rehearsal, id, body);
    const after = await rehearsal.recordOf(healthy.id, ({ state }) => isTerminal(state));
    const problems = sent.map(async (one) => problemOf(rehearsal, one));
    return [...(await Promise.all(problems)).flat(), ...blocked(after)];
  },
};

interface Malformed {
  readonly id: TaskId;
  readonly body: string;
  readonly what: string;
  /** How it is to end. */
  readonly state: 'dead' | 'failed';
}

const GROUP = 'conformance';

function message({ worker }: Rehearsal, task: string, input: unknown) {
  const id = newTaskId(worker.name, systemClock);
  const fields = { v: 1, id, root: id, task, input, createdAt: systemClock.now() };
  return { id, body: JSON.stringify(fields) };
}

/** What no worker can read. */
function strange(rehearsal: Rehearsal): Malformed[] {
  const { name } = rehearsal.worker;
  const unknown = message(rehearsal, `${name}.no-such-task`, {});
  const later = message(rehearsal, `${name}.ping`, {});
  const body = later.body.replace('"v":1', '"v":999');
  return [
    { ...unknown, state: 'dead', what: `a task ${name}.no-such-task` },
    { ...later, body, state: 'dead', what: 'a message of version 999' },
  ];
}

/** Inputs of a type that the task does not take. */
function wrong(rehearsal: Rehearsal, { task }: Trial): Malformed[] {
  const what = (probe: unknown) => `${task.name} with the input ${JSON.stringify(probe)}`;
  return PROBES.filter((probe) => !takes(task.input, probe)).map((probe) => {
    const { id, body } = message(rehearsal, task.name, probe);
    return { id, body, state: 'failed', what: what(probe) };
  });
}

async function send({ ground, worker }: Rehearsal, id: TaskId, body: string): Promise<void> {
  const QueueUrl = queuesOf(ground).get(worker.name)?.queueUrl;
  await ground.sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: body,
      MessageGroupId: GROUP,
      MessageDeduplicationId: id,
    }),
  );
}

async function problemOf(rehearsal: Rehearsal, malformed: Malformed): Promise<string[]> {
  const { id, what, state } = malformed;
  const record = await rehearsal.recordOf(id, (one) => isTerminal(one.state));
  if (record && isRefused(malformed, record)) return [];
  const how = state === 'dead' ? 'a dead letter' : 'a ValidationError';
  return [
    `expected ${what} to be refused by ${how} with the reason, got ${describeEnd(record)}; have the schema check before it transforms, ` +
      'and throw nothing itself',
  ];
}

function isRefused({ state }: Malformed, record: TaskRecord): boolean {
  const { name = '', message: reason = '' } = record.error ?? {};
  return (
    record.state === state && reason !== '' && (state === 'dead' || name === 'ValidationError')
  );
}

function blocked(after: TaskRecord | undefined): string[] {
  if (after?.state === 'succeeded') return [];
  return [
    'expected a ping behind malformed messages to be answered, got none; have handlers and schemas hold up no message',
  ];
}
