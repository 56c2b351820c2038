import type { LocalStack, QueueContents } from '@taskfleet/infra/local';
import type { ServiceQueues } from '@taskfleet/platform/dead-letters';
import { parseMessage, type TaskId } from '@taskfleet/toolbox/contract';
import type { Receipt } from '../showMessages.ts';
import type { Sightings } from '../spy/sightings.ts';
import type { Hide, Hides } from './hides.ts';

export interface QueuesParts {
  readonly stack: Pick<LocalStack, 'inspectQueue'>;
  readonly queues: ServiceQueues;
  readonly hides: Hides;
  readonly sightings: Sightings;
}

/** A message that waits in its queue for its time: a retry, a snooze, a turn. */
export interface HiddenMessage extends Receipt {
  /** In the time of the fleet. */
  readonly until: number;
}

/** What the queues of the fleet have at this moment. */
export interface QueuesNow {
  readonly hidden: readonly HiddenMessage[];
  /** Tasks that a worker holds, and has begun. */
  readonly running: readonly TaskId[];
  /** Messages that somebody is to receive, or has received and is to settle, without a handler under way. */
  readonly busy: number;
}

/** Looks into every queue without receiving. */
export function lookAtQueues(parts: QueuesParts): QueuesNow {
  const all = [...parts.queues].flatMap(([service, { deadLetterQueueUrl, ...urls }]) =>
    Object.values(urls)
      .filter((url) => url !== undefined)
      .map((url) => look(parts, url, service === 'platform'))
      .concat(lookAtLetters(parts, deadLetterQueueUrl)),
  );
  return {
    hidden: all.flatMap(({ hidden }) => hidden),
    running: all.flatMap(({ running }) => running),
    busy: all.reduce((sum, { busy }) => sum + busy, 0),
  };
}

/** The messages that processes of a worker hold: received, and neither settled nor hidden. */
export function heldBy(parts: QueuesParts, worker: string): Receipt[] {
  const { deadLetterQueueUrl: _letters, ...urls } = parts.queues.get(worker) ?? {};
  return Object.values(urls).flatMap((queueUrl = '') =>
    parts.stack
      .inspectQueue(queueUrl)
      .inFlight.filter(
        ({ body, receiptHandle }) =>
          typeof whatBecomesOf(parts, idIn(body), receiptHandle) === 'string',
      )
      .map(({ receiptHandle }) => ({ queueUrl, receiptHandle })),
  );
}

function look(parts: QueuesParts, queueUrl: string, isPlatform: boolean): QueuesNow {
  const contents = parts.stack.inspectQueue(queueUrl);
  const hidden: HiddenMessage[] = [];
  const running: TaskId[] = [];
  let busy = free(contents);
  for (const { body, receiptHandle } of contents.inFlight) {
    const id = isPlatform ? undefined : idIn(body);
    const found = whatBecomesOf(parts, id, receiptHandle);
    if (id && found === 'running') running.push(id);
    else if (typeof found === 'object')
      hidden.push({ queueUrl, receiptHandle, until: found.until });
    else busy += 1;
  }
  return { hidden, running, busy };
}

/** Of a message in flight: its handler runs, it is hidden, or somebody has it in hand. */
function whatBecomesOf(
  { hides, sightings }: QueuesParts,
  id: TaskId | undefined,
  receiptHandle: string,
): 'running' | 'in hand' | Hide {
  const seen = id && sightings.of(id).at(-1);
  if (seen?.state === 'running') return 'running';
  const hide = hides.of(receiptHandle);
  // A change from before the end of the attempt has extended its lease.
  return hide && hide.changedAt >= (seen?.at ?? 0) ? hide : 'in hand';
}

/** Letters that are known are hidden for an hour, again and again: time brings nothing about. */
function lookAtLetters({ stack, hides }: QueuesParts, queueUrl: string): QueuesNow {
  const contents = stack.inspectQueue(queueUrl);
  const inHand = contents.inFlight.filter(
    ({ receiptHandle }) => hides.of(receiptHandle) === undefined,
  );
  return { hidden: [], running: [], busy: free(contents) + inHand.length };
}

/** Messages that a receive would bring. */
function free({ waiting, inFlight }: QueueContents): number {
  const held = new Set(inFlight.map(({ groupId }) => groupId));
  return waiting.filter(({ groupId }) => !held.has(groupId)).length;
}

export function idIn(body: string): TaskId | undefined {
  const message = parseMessage(body);
  return message.ok ? message.value.id : undefined;
}
