import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type CanvasNode,
  chain,
  defineFleet,
  defineTask,
  defineWorker,
  group,
  map,
  signature,
  type Step,
  step,
  UnknownTaskError,
  ValidationError,
} from '../contract/index.ts';
import { manualClock } from '../testing/manualClock.ts';
import { compile, type CompileOptions, MOST_MEMBERS } from './compile.ts';
import { planSchema } from './plan.ts';

const add = defineTask('sums.add', {
  input: z.object({ a: z.number(), b: z.number() }),
  output: z.number(),
});
const next = defineTask('sums.next', { input: z.number(), output: z.number() });
const ordered = defineTask('sums.ordered', {
  input: z.number(),
  output: z.number(),
  group: String,
});
const unique = defineTask('sums.unique', {
  input: z.number(),
  output: z.number(),
  unique: String,
});
const fleet = defineFleet([defineWorker('sums', { tasks: [add, next] })]);
const one = signature(add, { a: 1, b: 2 });
const options: CompileOptions = { clock: manualClock(), lanes: { laneOf: () => undefined } };

/** Steps as JavaScript may have put them together. */
const raw = (node: unknown) => ({ node }) as Step;
const problemsOf = (canvas: Step, given: Partial<CompileOptions> = {}) => {
  try {
    compile({ ...options, ...given }, canvas, {});
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('the plan of a canvas', () => {
  it('survives the table', () => {
    const canvas = chain(one, step(next, { delay: '1s', group: 'g', ignoreResult: true }));
    const plan = compile(options, group([canvas, one]), { onSuccess: signature(next, 1) });
    expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it('names every node that is wrong, at once', () => {
    const wrong = signature(add, { a: 'x', b: 1 } as never);
    const late = signature(add, { a: 1, b: 1 }, { delay: '-1s' as '1s' });
    const error = problemsOf(
      group([wrong, chain(one, raw({ kind: 'leaf', task: {} }) as never), late]),
    );
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).problems.map(({ field }) => field)).toEqual([
      'r.m0',
      'r.m1.e1',
      'r.m2',
    ]);
    expect(String(error)).toContain('r.m0: input of sums.add: a: invalid input');
  });

  it('refuses a task that the fleet does not have, with the nearest', () => {
    const slip = defineTask('sums.ad', { input: z.number(), output: z.number() });
    const error = problemsOf(chain(signature(next, 1), slip), { fleet });
    expect(error).toBeInstanceOf(UnknownTaskError);
    expect(String(error)).toContain('did you mean "sums.add"?');
    expect(problemsOf(chain(signature(next, 1), next), { fleet })).toBeUndefined();
  });

  it('refuses a cycle, and what is nested too deeply', () => {
    const members: CanvasNode[] = [];
    const loop: CanvasNode = { kind: 'group', members, failure: 'failFast' };
    members.push(loop);
    expect(String(problemsOf(raw(loop)))).toContain('r.m0: expected no cycle');
    let deep: Step = one;
    for (let level = 0; level < 30; level += 1) deep = group([deep]);
    expect(String(problemsOf(deep))).toContain('nested more than 20 levels deep');
  });

  it.each<[string, Step]>([
    ['expected at least one step', raw({ kind: 'chain', steps: [] })],
    ['expected a task or a canvas', raw({ kind: 'none' })],
    ['expected a first step with an input of its own', chain(next, next)],
    ['expected options.group', chain(one, ordered)],
    ['expected options.group', map(ordered, [1])],
    ['expected a task without unique', signature(unique, 1)],
    [`at most ${MOST_MEMBERS} members`, group(Array.from({ length: 10_001 }, () => one))],
  ])('is refused: %s', (problem, canvas) => {
    expect(String(problemsOf(canvas))).toContain(problem);
  });
});
