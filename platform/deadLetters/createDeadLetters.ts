import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from '@taskfleet/toolbox/clock';
import { isTaskId } from '@taskfleet/toolbox/contract';
import type { TaskTable } from '@taskfleet/toolbox/table';
import { LetterLeavingError, NoLetterError } from '../errors.ts';
import { askForRedrive } from './askForRedrive.ts';
import type { LetterEntry } from './entry.ts';
import { forgottenAt, readEntry } from './keepEntry.ts';
import { type DeadLetter, letterView } from './letterView.ts';
import { allLetters, type LettersRequest, listLetters } from './listLetters.ts';
import { purgeLetter } from './purgeLetter.ts';
import { type Redriven, redriveAll } from './redriveAll.ts';
import { queuesOf, type ServiceQueues } from './serviceQueues.ts';

/** What operators do with dead letters. */
export interface DeadLetters {
  /** Letters that are in their queue, the last to die first. Throws ListRequestError and, for its cursor, the like. */
  list(request: LettersRequest): Promise<DeadLetterPage>;
  /** Also one that was redriven or purged lately. Throws NoLetterError. */
  get(id: string): Promise<DeadLetterDetail>;
  /** Puts one back in its service's queue, its group and body as they were. Throws NoLetterError. */
  redrive(id: string, options: RedriveOptions): Promise<Redriven>;
  /** Puts all of a service back, each group in its order. Throws UnknownServiceError. */
  redriveAll(service: string, options: RedriveOptions): Promise<Redriven>;
  /** Deletes one for good. Throws NoLetterError and LetterLeavingError. */
  purge(id: string): Promise<void>;
  /** Deletes all of a service for good, but for those on their way back. Resolves to their ids. Throws UnknownServiceError. */
  purgeAll(service: string): Promise<readonly string[]>;
}

export interface DeadLetterPage {
  readonly letters: readonly DeadLetter[];
  readonly cursor?: string;
}

export interface DeadLetterDetail {
  readonly letter: DeadLetter;
  /** The beginning of a message that cannot be read. It may hold secrets: show it only to who asks for it. */
  readonly body: string | undefined;
}

export interface RedriveOptions {
  /** How long to wait for the platform, with each letter. */
  readonly timeoutMs: number;
}

export interface DeadLettersOptions {
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  /** Asked for when a message is to be reached; listing needs the table alone. May throw ConfigError. */
  readonly queues: () => ServiceQueues;
  readonly clock: Clock;
}

export function createDeadLetters({ queues: open, ...options }: DeadLettersOptions): DeadLetters {
  const { table, clock } = options;
  const find = async (id: string) => findLetter(table, id, clock.now());
  const allOf = async (queues: ServiceQueues, service: string) => {
    queuesOf(queues, service);
    return allLetters(table, service);
  };
  return {
    list: async (request) => {
      const { letters, ...rest } = await listLetters(table, request);
      return { ...rest, letters: letters.map(letterView) };
    },
    get: async (id) => {
      const entry = await find(id);
      return { letter: letterView(entry), body: entry.body };
    },
    redrive: async (id, { timeoutMs }) => {
      const letter = await find(id);
      const isDone = await askForRedrive({ ...options, queues: open(), timeoutMs }, letter);
      return isDone
        ? { redriven: [letter.id], pending: [] }
        : { redriven: [], pending: [letter.id] };
    },
    redriveAll: async (service, { timeoutMs }) => {
      const asking = { ...options, queues: open(), timeoutMs };
      return redriveAll(asking, await allOf(asking.queues, service));
    },
    purge: async (id) => purgeLetter({ ...options, queues: open() }, await find(id)),
    purgeAll: async (service) => {
      const purging = { ...options, queues: open() };
      const purged: string[] = [];
      for (const letter of await allOf(purging.queues, service)) {
        if (await isPurged(purgeLetter(purging, letter))) purged.push(letter.id);
      }
      return purged;
    },
  };
}

async function findLetter(table: TaskTable, id: string, now: number): Promise<LetterEntry> {
  const entry = isTaskId(id) ? await readEntry(table, id) : undefined;
  if (!entry || forgottenAt(entry.diedAt) <= now) throw new NoLetterError(id);
  return entry;
}

/** A letter that has left, or leaves, in the meantime is no failure of the whole. */
async function isPurged(purge: Promise<void>): Promise<boolean> {
  try {
    await purge;
    return true;
  } catch (error) {
    if (error instanceof NoLetterError || error instanceof LetterLeavingError) return false;
    throw error;
  }
}
