import { join } from 'node:path';
import type { BackendName } from '../fixtures/backend.ts';

const root = join(import.meta.dirname, '..', '..');

/** A program that plays one of AWS's services, and what is run against it. */
export interface Backend {
  readonly name: BackendName;
  /** Lists the archives, with pinned versions. */
  readonly pom: string;
  /** Starts it on loopback. Java compiles a single file by itself. */
  readonly source: string;
  /** Where its archives are copied to; git ignores it. */
  readonly folder: string;
  /** Filters for vitest: paths from the root. */
  readonly suites: readonly string[];
}

export const ALL_BACKENDS: readonly Backend[] = [
  backend('dynamodb-local', 'DynamoDbLocal.java', [
    'test/toolbox/tableClaims.test.ts',
    'test/toolbox/tableDue.test.ts',
    'test/toolbox/tableReads.test.ts',
    'test/toolbox/tableWrites.test.ts',
    'test/toolbox/outageBoard.test.ts',
    'test/platform/deadRecords.test.ts',
    'test/platform/leadership.test.ts',
    'test/platform/letterEntries.test.ts',
    'test/platform/list.test.ts',
    'test/platform/refusedDefinitions.test.ts',
  ]),
  backend('elasticmq', 'ElasticMq.java', [
    'test/toolbox/queueConformance.test.ts',
    'test/toolbox/receipts.test.ts',
    'test/toolbox/lanes.test.ts',
  ]),
];

function backend(name: BackendName, source: string, suites: readonly string[]): Backend {
  return {
    name,
    suites,
    folder: join(root, '.backends', name),
    pom: join(import.meta.dirname, name, 'pom.xml'),
    source: join(import.meta.dirname, name, source),
  };
}
