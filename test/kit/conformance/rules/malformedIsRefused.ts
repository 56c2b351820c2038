import { setTimeout as delay } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { isTerminal, type TaskRecord } from '@taskfleet/toolbox/contract';
import { queuesOf } from '../../parts.ts';
import { describeEnd } from '../rehearsal/describeEnd.ts';
import {
  type Malformed,
  messageOf,
  strangeMessages,
  UNREADABLE,
  wrongInputs,
} from '../rehearsal/malformed.ts';
import { LOOK_EVERY_MS, PATIENCE_MS, type Rehearsal } from '../rehearsal/rehearsal.ts';
import type { Rule } from '../rule.ts';

/** What nobody can do ends at once, with a reason that a person understands, and what waits behind it is done. */
export const malformedIsRefused: Rule = {
  name: 'malformed messages are refused, and block nothing',
  check: async (subject) => {
    const rehearsal = await subject.rehearsal();
    const { trials, worker } = rehearsal;
    const wrong = trials.flatMap((trial) => wrongInputs(rehearsal, trial));
    const sent = [...strangeMessages(rehearsal), ...wrong];
    const healthy = messageOf(rehearsal, worker.ping.name, {});
    const bodies = [UNREADABLE, ...sent.map(({ body }) => body), healthy.body];
    for (const body of bodies) await send(rehearsal, body);
    const after = await rehearsal.recordOf(healthy.id, ({ state }) => isTerminal(state));
    const problems = sent.map(async (one) => problemOf(rehearsal, one));
    return [
      ...(await unreadable(rehearsal)),
      ...(await Promise.all(problems)).flat(),
      ...blocked(after),
    ];
  },
};

/** All are in one, so that what is not refused stands in the way. */
const GROUP = 'conformance';

async function send({ ground, worker }: Rehearsal, body: string): Promise<void> {
  await ground.sqs.send(
    new SendMessageCommand({
      QueueUrl: queuesOf(ground).get(worker.name)?.queueUrl,
      MessageBody: body,
      MessageGroupId: GROUP,
      MessageDeduplicationId: `${GROUP}-${ground.clock.randomBytes().join('-')}`,
    }),
  );
}

async function unreadable({ fleet, worker }: Rehearsal): Promise<string[]> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const { letters } = await fleet.access.deadLetters.list({ service: worker.name, limit: 100 });
    const letter = letters.find(({ group, taskId }) => group === GROUP && taskId === undefined);
    if (letter && letter.reason !== '') return [];
    await delay(LOOK_EVERY_MS);
  }
  return [
    'expected a body that is not JSON to be refused by a dead letter with the reason, got none; let the runtime read what arrives',
  ];
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
