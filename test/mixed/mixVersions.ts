import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { within } from '../chaos/processes/within.ts';
import { type Mix, type MixOptions, openMix, type Version } from './openMix.ts';

const asked = z.object({ toolbox: z.url(), outputs: z.record(z.string(), z.json()) });
const looked = z.object({
  records: z.array(z.looseObject({ id: z.string(), task: z.string(), state: z.string() })),
});

type Records = z.output<typeof looked>['records'];

/** What tasks of every kind return to whoever goes by this name. */
function expectedOutputs(name: string): z.output<typeof asked>['outputs'] {
  return {
    plain: { text: name, attempt: 1 },
    retried: { text: name, attempt: 2 },
    grouped: [0, 1, 2, 3, 4],
    delayed: { text: name, attempt: 1 },
    child: name,
    chain: 4,
    group: [3, 7],
    chord: 10,
    cancelled: 'cancelled',
    large: 100_000,
    urgent: 'done',
  };
}

/** Tasks that end so. */
const ENDS = new Set(['succeeded', 'cancelled']);

/** What was not as it should be, a line each: both versions ask for tasks of every kind, and look at all records. */
export async function mixVersions(options: MixOptions): Promise<string[]> {
  await using mix = await openMix(options);
  const names = ['present', 'previous'] as const;
  const problems = await Promise.all(
    names.map(async (version) =>
      askBy(mix, version, options.versions[version]).catch((error: unknown) => [
        `${version} asks: ${String(error)}`,
      ]),
    ),
  );
  const settled = await within(40_000, untilSettled(mix), 'records did not settle').catch(String);
  const dead = await mix.deadLetters();
  // Whoever is told to stop has found nothing.
  options.signal.throwIfAborted();
  return [
    ...problems.flat(),
    ...(typeof settled === 'string' ? [settled] : compareLooks(settled)),
    ...(dead === 0 ? [] : [`${dead} messages are among the dead letters`]),
  ];
}

async function askBy(mix: Mix, version: Version, tree: string): Promise<string[]> {
  const { toolbox, outputs } = asked.parse(await mix.run(version, 'ask', version));
  const isOwn = toolbox.startsWith(pathToFileURL(join(tree, 'shared-toolbox')).href);
  const wrong = Object.entries(expectedOutputs(version))
    .filter(([kind, output]) => !isDeepStrictEqual(outputs[kind], output))
    .map(([kind, output]) => {
      const [expected, got] = [output, outputs[kind]].map((some) => JSON.stringify(some));
      return `${kind}, asked for by ${version}: expected ${expected}, got ${got}`;
    });
  return isOwn ? wrong : [`${version} has the toolbox ${toolbox}`, ...wrong];
}

interface Looks {
  readonly present: Records;
  readonly previous: Records;
}

/** Looks until all but what fires again and again has ended, and that has fired; then by both versions. */
async function untilSettled(mix: Mix): Promise<Looks> {
  const look = async (version: Version) => looked.parse(await mix.run(version, 'look')).records;
  for (;;) {
    const present = await look('present');
    const open = present.filter(({ task, state }) => task !== 'mix.tick' && !isEnd(state));
    const fired = present.filter(({ task, state }) => task === 'mix.tick' && state === 'succeeded');
    if (open.length === 0 && fired.length > 1) return { present, previous: await look('previous') };
    await pause(200);
  }
}

/** Failed and dead ones too: they are told of, not waited for. */
function isEnd(state: string): boolean {
  return ENDS.has(state) || ['failed', 'dead', 'expired'].includes(state);
}

function compareLooks({ present, previous }: Looks): string[] {
  const own = present.filter(({ state }) => isEnd(state));
  const other = new Map(previous.map((record) => [record.id, record]));
  const problems: string[] = [];
  for (const record of own) {
    const { id, task, state } = record;
    if (!ENDS.has(state)) problems.push(`${task} ${id} is ${state}`);
    const seen = other.get(id);
    if (isDeepStrictEqual(seen, record)) continue;
    const [was, is] = [seen, record].map((some) => JSON.stringify(some));
    problems.push(`${task} ${id} is ${was} to the previous version, and ${is} to the present`);
  }
  return problems;
}
