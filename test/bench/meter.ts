import type { Clients } from '@taskfleet/toolbox/aws';
import { TABLE_INDEXES } from '@taskfleet/toolbox/table';

/** Counts what is asked of AWS. */
export interface Meter {
  /** Requests by operation, such as `PublishBatch`. */
  readonly requests: Map<string, number>;
  /** Write units of the table and its indexes. */
  writeUnits: number;
  /** Read units of the table and its indexes. */
  readUnits: number;
  /** Receives that brought messages; they are among the requests too. */
  fullReceives: number;
  /** Bytes of published messages with their attributes. */
  publishedBytes: number;
  /** Begins anew. */
  clear(): void;
}

/**
 * Counts every request of these clients from now on, but for what is counted and kept of tasks and queues: it is written by the time, and
 * for many tasks together.
 */
export function meter(clients: Clients): Meter {
  const counted: Meter = {
    requests: new Map(),
    ...NOTHING,
    clear: () => {
      counted.requests.clear();
      Object.assign(counted, NOTHING);
    },
  };
  for (const client of [clients.sns, clients.sqs, clients.dynamodb, clients.s3]) {
    // The union of the clients' stacks has no common call signature: one of them stands for all.
    (client as Clients['dynamodb']).middlewareStack.add(
      (next, context) => async (args) => {
        const operation = String(context['commandName']).replace(/Command$/, '');
        if (isKept(args.input)) return next(args);
        counted.requests.set(operation, (counted.requests.get(operation) ?? 0) + 1);
        const isTable = WRITES.has(operation) || READS.has(operation);
        const input = isTable ? { ...args.input, ReturnConsumedCapacity: 'TOTAL' } : args.input;
        const answer = await next({ ...args, input });
        add(counted, operation, args.input, answer.output as Answer);
        return answer;
      },
      { step: 'initialize', name: 'meter' },
    );
  }
  return counted;
}

const NOTHING = { writeUnits: 0, readUnits: 0, fullReceives: 0, publishedBytes: 0 };

const WRITES = new Set(['BatchWriteItem', 'UpdateItem', 'PutItem', 'DeleteItem']);
/**
 * What a read that finds nothing costs all the same, unless it is consistent; the emulator takes it for free
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
 */
const LEAST_READ = 0.5;
const READS = new Set(['GetItem', 'BatchGetItem', 'Query']);

interface Capacity {
  readonly CapacityUnits?: number;
}

interface Answer {
  readonly ConsumedCapacity?: Capacity | readonly Capacity[];
  readonly Messages?: readonly unknown[];
}

function add(counted: Meter, operation: string, input: unknown, answer: Answer): void {
  if (WRITES.has(operation)) counted.writeUnits += unitsOf(answer) + indexesIn(input);
  if (READS.has(operation)) counted.readUnits += Math.max(LEAST_READ, unitsOf(answer));
  if (answer.Messages?.length) counted.fullReceives += 1;
  if (operation === 'PublishBatch') counted.publishedBytes += publishedBytes(input);
}

function unitsOf({ ConsumedCapacity = [] }: Answer): number {
  return [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

/** Each index that a written item is in costs a unit of its own, which the emulator does not count. */
function indexesIn(write: unknown): number {
  const text = JSON.stringify(write);
  // A process's heartbeats have one place in their index, which is written once.
  if (text.includes('"worker#')) return 0;
  const entries = TABLE_INDEXES.map(
    ({ partitionKey }) => text.split(`"${partitionKey}"`).length - 1,
  );
  return entries.reduce((sum, count) => sum + count, 0);
}

/** Not what is read of it for somebody, which names many of its items together. */
function isKept(input: unknown): boolean {
  const { Key, Item } = input as { readonly Key?: unknown; readonly Item?: unknown };
  return /"(stats|depth)#/.test(JSON.stringify(Key ?? Item ?? null));
}

interface Entry {
  readonly Message: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
}

function publishedBytes(input: unknown): number {
  const { PublishBatchRequestEntries: entries } = input as { PublishBatchRequestEntries: Entry[] };
  const sizes = entries.map(({ Message, MessageAttributes = {} }) => {
    const attributes = Object.entries(MessageAttributes).map(
      ([name, { StringValue = '' }]) => `${name}String${StringValue}`,
    );
    return Buffer.byteLength(Message) + Buffer.byteLength(attributes.join(''));
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}
