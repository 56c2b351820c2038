import { chain, type Canvas, group, type Json, signature, step } from '@taskfleet/toolbox/contract';
import { readFlow } from '@taskfleet/toolbox/table';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';
import { CrashLab, told, work, wrap } from './crashLab.ts';

let stack: TableUnderTest;
beforeAll(async () => {
  stack = await startTaskTable();
});
afterAll(async () => stack.stop());

/** What a canvas is made of, for a model as for the canvas itself. */
type Shape =
  | { readonly kind: 'work'; readonly n: number; readonly fails: boolean }
  | { readonly kind: 'wrap' }
  | { readonly kind: 'chain'; readonly steps: readonly Shape[] }
  | { readonly kind: 'group'; readonly members: readonly Shape[]; readonly settles: boolean };

const worked: fc.Arbitrary<Shape> = fc.record({
  kind: fc.constant('work'),
  n: fc.nat(99),
  fails: fc.nat(6).map((chance) => chance === 0),
});

const { shape } = fc.letrec<{ shape: Shape; node: Shape }>((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, worked, tie('shape')),
  shape: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    worked,
    fc
      .tuple(
        tie('node'),
        fc.array(fc.oneof(fc.constant({ kind: 'wrap' } as const), tie('node')), { maxLength: 2 }),
      )
      .map(([first, rest]) => ({ kind: 'chain', steps: [first, ...rest] }) as const),
    fc.record({
      kind: fc.constant('group'),
      members: fc.array(tie('node'), { maxLength: 4 }),
      settles: fc.boolean(),
    }),
  ),
}));

function canvasOf(some: Shape): Canvas<unknown, Json, Json> {
  switch (some.kind) {
    case 'work':
      return signature(work, { n: some.n, fails: some.fails });
    case 'wrap':
      return step(wrap) as Canvas<unknown, Json, Json>;
    case 'chain': {
      const [first, ...rest] = some.steps.map(canvasOf);
      return chain(first!, ...rest);
    }
    case 'group': {
      const failure = some.settles ? 'allSettled' : 'failFast';
      return group(some.members.map(canvasOf), { failure });
    }
  }
}

type End = { readonly value: Json } | { readonly failed: true };

/** How a canvas is to end, whatever crashes when. */
function endOf(some: Shape, before: Json): End {
  switch (some.kind) {
    case 'work':
      return some.fails ? { failed: true } : { value: some.n };
    case 'wrap':
      return { value: { was: before } };
    case 'chain':
      return some.steps.reduce<End>(
        (end, next) => ('failed' in end ? end : endOf(next, end.value)),
        { value: before },
      );
    case 'group': {
      const ends = some.members.map((member) => endOf(member, before));
      if (!some.settles && ends.some((end) => 'failed' in end)) return { failed: true };
      return { value: ends.map((end) => (some.settles ? settled(end) : valueOf(end))) };
    }
  }
}

const valueOf = (end: End): Json => ('value' in end ? end.value : null);
const settled = (end: End): Json =>
  'value' in end ? { state: 'succeeded', output: end.value } : { state: 'failed' };

const FAILED = 'failed';
const failed = (): string => FAILED;

/** The value without the words of a failure, of which a group may have several. */
function withoutErrors(value: Json): Json {
  return JSON.parse(
    JSON.stringify(value, (key, member: unknown) => (key === 'error' ? undefined : member)),
  ) as Json;
}

it('runs every task at most once, and what follows exactly once, whatever crashes when', async () => {
  const crashes = fc.array(fc.nat(12), { maxLength: 12 });
  const seed = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
  const property = fc.asyncProperty(shape, crashes, seed, async (some, dies, numbers) => {
    const random = () => numbers.next().value;
    const lab = new CrashLab({ table: stack.table, crashes: dies, random });
    const callbacks = {
      onSuccess: signature(told, 'success'),
      onFailure: signature(told, 'failure'),
    };
    const handle = await lab.run(canvasOf(some), callbacks);
    const expected = endOf(some, null);
    const flow = await readFlow(stack.table, handle.id);
    expect(flow?.state).toBe('failed' in expected ? 'failed' : 'succeeded');
    const got = await handle.result().then((value) => withoutErrors(value as Json), failed);
    expect(got).toEqual('value' in expected ? expected.value : FAILED);
    expect([...lab.runs.values()].every((runs) => runs === 1)).toBe(true);
    const tellings = [...lab.published.values()].filter(({ task }) => task === told.name);
    expect(tellings.map(({ input }) => input)).toEqual([
      'failed' in expected ? 'failure' : 'success',
    ]);
  });
  await fc.assert(property, { numRuns: 100 });
}, 120_000);

it('tells of a flow that ended while it was begun, although who began it died before', async () => {
  const lab = new CrashLab({ table: stack.table, crashes: [0], random: () => 0 });
  const onSuccess = signature(told, 'success');
  await lab.run(group([]) as Canvas<unknown, Json, Json>, { onSuccess, onFailure: onSuccess });
  expect([...lab.published.values()].map(({ input }) => input)).toEqual(['success']);
});

it('tells of a flow whose last step is an empty group, although who ended it died before', async () => {
  const lab = new CrashLab({ table: stack.table, crashes: [1, 0], random: () => 0.9 });
  const onSuccess = signature(told, 'success');
  const canvas = chain(canvasOf({ kind: 'work', n: 0, fails: false }), group([]));
  await lab.run(canvas as never, { onSuccess, onFailure: onSuccess });
  const tellings = [...lab.published.values()].filter(({ task }) => task === told.name);
  expect(tellings.map(({ input }) => input)).toEqual(['success']);
});
