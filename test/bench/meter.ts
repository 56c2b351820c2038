import type { Clients } from '@taskfleet/toolbox/aws';

/** Index keys that a written item carries: each index it is in costs a write unit of its own. */
const INDEX_KEYS = ['recentShard', 'dueShard', 'failedShard', 'familyRoot', 'subjectKey'];

/** Counts what is asked of AWS. */
export interface Meter {
  /** Requests by operation, such as `PublishBatch`. */
  readonly requests: Map<string, number>;
  /** Write units of the table and its indexes, at one unit per started KB. */
  writeUnits: number;
}

/** Counts every request of these clients from now on. */
export function meter(clients: Clients): Meter {
  const counted: Meter = { requests: new Map(), writeUnits: 0 };
  for (const client of [clients.sns, clients.sqs, clients.dynamodb]) {
    // The union of three clients' stacks has no common call signature: one of them stands for all.
    (client as Clients['dynamodb']).middlewareStack.add(
      (next, context) => async (args) => {
        const operation = String(context['commandName']).replace(/Command$/, '');
        counted.requests.set(operation, (counted.requests.get(operation) ?? 0) + 1);
        counted.writeUnits += writeUnits(operation, args.input);
        return next(args);
      },
      { step: 'initialize', name: 'meter' },
    );
  }
  return counted;
}

/** The rule of DynamoDB for items under 1 KB: one unit a write, and one for each index that the item enters. */
function writeUnits(operation: string, input: unknown): number {
  if (operation === 'BatchWriteItem') {
    const tables = Object.values(
      (input as { RequestItems: Record<string, unknown[]> }).RequestItems,
    );
    return tables.flat().reduce<number>((sum, write) => sum + 1 + indexesIn(write), 0);
  }
  return operation === 'UpdateItem' || operation === 'PutItem' ? 1 + indexesIn(input) : 0;
}

function indexesIn(write: unknown): number {
  const text = JSON.stringify(write);
  return INDEX_KEYS.filter((key) => text.includes(`"${key}"`)).length;
}
