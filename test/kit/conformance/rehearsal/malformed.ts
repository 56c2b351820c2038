import { systemClock } from '@taskfleet/toolbox/clock';
import { MESSAGE_VERSION, newTaskId, type TaskId } from '@taskfleet/toolbox/contract';
import { PROBES, takes } from '../probes.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { Trial } from './samples.ts';

export interface Message {
  readonly id: TaskId;
  readonly body: string;
}

/** A message that nobody can do. */
export interface Malformed extends Message {
  readonly what: string;
  /** How it is to end. */
  readonly state: 'dead' | 'failed';
}

type Whose = Pick<Rehearsal, 'worker'>;

/** No message: it has no id by which a record could be found. */
export const UNREADABLE = 'this is not JSON';

export function messageOf({ worker }: Whose, task: string, input: unknown): Message {
  const id = newTaskId(worker.name, systemClock);
  const createdAt = systemClock.now();
  return {
    id,
    body: JSON.stringify({ v: MESSAGE_VERSION, id, root: id, task, input, createdAt }),
  };
}

/** What no worker understands. */
export function strangeMessages(rehearsal: Whose): Malformed[] {
  const { name } = rehearsal.worker;
  const unknown = messageOf(rehearsal, `${name}.no-such-task`, {});
  const { id, body } = messageOf(rehearsal, `${name}.ping`, {});
  const later = JSON.stringify({ ...JSON.parse(body), v: MESSAGE_VERSION + 999 });
  return [
    { ...unknown, state: 'dead', what: `a task ${name}.no-such-task` },
    { id, body: later, state: 'dead', what: 'a message of another version' },
  ];
}

/** Inputs of a type that the task does not take. */
export function wrongInputs(rehearsal: Whose, { task }: Trial): Malformed[] {
  const what = (probe: unknown) => `${task.name} with the input ${JSON.stringify(probe)}`;
  return PROBES.filter((probe) => !takes(task.input, probe)).map((probe) => {
    const { id, body } = messageOf(rehearsal, task.name, probe);
    return { id, body, state: 'failed', what: what(probe) };
  });
}
