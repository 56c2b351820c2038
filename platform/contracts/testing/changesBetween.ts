import * as toolbox from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { describeFleet } from '../describe/describeFleet.ts';
import { type Change, compareContracts } from '../diff/index.ts';

type Worker = toolbox.Worker;

const empty = z.object({});

/** What has changed between two versions of a fleet. `sources` is what each is declared in. */
export function changesBetween(
  before: readonly Worker[],
  after: readonly Worker[],
  sources: readonly [string, string] = ['', ''],
): Change[] {
  const [was, is] = [before, after].map((workers, i) =>
    describeFleet({ workers }, toolbox, sources[i] ?? ''),
  );
  return was && is ? compareContracts(was, is) : [];
}

/** The same for the input, or the output, of one task. */
export function schemaChanges(
  side: 'input' | 'output',
  before: z.ZodType,
  after: z.ZodType,
): Change[] {
  const [was, is] = [before, after].map((schema) =>
    toolbox.defineWorker('a', {
      tasks: [toolbox.defineTask('a.b', { input: empty, output: empty, [side]: schema })],
    }),
  );
  return was && is ? changesBetween([was], [is]) : [];
}

/** Those in brief. */
export function toldChanges(...sides: Parameters<typeof schemaChanges>): string[] {
  return schemaChanges(...sides).map(({ verdict, place, what }) => `${verdict} ${place}: ${what}`);
}
