import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import {
  DefinitionError,
  defineTask,
  defineWorker,
  implement,
  type Schedule,
  type TaskContext,
  type TaskHandle,
} from './index.ts';

const exportProject = defineTask('export.project', {
  input: z.object({ project: z.string(), format: z.enum(['xls', 'shp']).default('xls') }),
  output: z.object({ links: z.array(z.string()), at: z.iso.datetime().transform(Date.parse) }),
});
const exportAll = defineTask('export.all', { input: z.object({}), output: z.number() });
const exportWorker = defineWorker('export', { tasks: [exportProject, exportAll] });
const done = { links: [], at: '2026-01-01T00:00:00Z' };

describe('implement', () => {
  it('gives handlers the types of their parameters', () => {
    const { handlers } = implement(exportWorker, {
      'export.project': (input, context) => {
        expectTypeOf(input).toEqualTypeOf<{ project: string; format: 'xls' | 'shp' }>();
        expectTypeOf(context).toEqualTypeOf<TaskContext>();
        return done;
      },
      'export.all': async () => 1,
    });
    expect([...handlers.keys()]).toEqual(['export.project', 'export.all', 'export.ping']);
  });

  it('refuses a missing handler', () => {
    // @ts-expect-error: "export.all" has no handler
    const build = () => implement(exportWorker, { 'export.project': () => done });
    expect(build).toThrow('worker "export": expected a handler for "export.all", got none');
  });

  it('refuses a surplus handler', () => {
    const build = () =>
      implement(exportWorker, {
        'export.project': () => done,
        'export.all': () => 1,
        // @ts-expect-error: the worker has no such task
        'export.everything': () => 1,
      });
    expect(build).toThrow(DefinitionError);
    expect(build).toThrow('"export.everything"');
  });

  it('refuses what is no function', () => {
    const build = () =>
      // @ts-expect-error: a number handles nothing
      implement(exportWorker, { 'export.project': () => done, 'export.all': 1 });
    expect(build).toThrow('"export.all"');
  });

  it('refuses a handler that returns something else than the output', () => {
    const one = implement(exportWorker, {
      'export.project': () => done,
      // @ts-expect-error: the output is a number
      'export.all': () => 'one',
    });
    const other = implement(exportWorker, {
      // @ts-expect-error: "at" is missing
      'export.project': async () => ({ links: [] }),
      'export.all': () => 1,
    });
    // Only the types can tell before it runs.
    expect(one.handlers.size).toBe(other.handlers.size);
  });
});

describe('defineWorker', () => {
  it("refuses another worker's task in its type", () => {
    // @ts-expect-error: "export.all" is no task of "email"
    expect(() => defineWorker('email', { tasks: [exportAll] })).toThrow('"email."');
  });
});

describe('schedule', () => {
  it("takes the task's input and gives its output", () => {
    const use = async (schedule: Schedule) => {
      const handle = await schedule(exportProject, { project: 'p' });
      expectTypeOf(handle).toEqualTypeOf<TaskHandle<typeof exportProject>>();
      expectTypeOf(await handle.result()).toEqualTypeOf<{ links: string[]; at: number }>();
      // @ts-expect-error: "project" is a string
      await schedule(exportProject, { project: 1 });
      // @ts-expect-error: "project" is missing
      await schedule(exportProject, {});
      // @ts-expect-error: there is no such option
      await schedule(exportProject, { project: 'p' }, { colour: 'red' });
    };
    expectTypeOf(use).returns.toEqualTypeOf<Promise<void>>();
  });
});
