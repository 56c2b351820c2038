import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  defineFleet,
  defineTask,
  defineWorker,
  findTask,
  functionTimeoutSeconds,
  implement,
  lambda,
  maxReceiveCount,
  offloadLifetimes,
  type TaskContext,
  visibilitySeconds,
} from './index.ts';

const schemas = { input: z.string(), output: z.string() };
/** As little of everything as a task may have. */
const least = defineTask('export.run', {
  ...schemas,
  timeLimit: '1s',
  retry: { maxAttempts: 1, maxSnoozes: 0 },
});
const worker = defineWorker('export', { tasks: [least], compute: lambda() });

describe('the ping of a worker', () => {
  it('answers who is there, and takes nothing', async () => {
    const { handlers } = implement(worker, { 'export.run': (text) => text });
    const answer: unknown = await handlers.get('export.ping')?.({}, {} as TaskContext);
    expect(worker.ping.output.parse(answer)).toEqual({
      worker: 'export',
      tasks: ['export.run'],
      node: process.versions.node,
    });
    expect(worker.ping.input.safeParse({ host: 'x' }).success).toBe(false);
  });

  it("is no task of the worker's own, and changes nothing that follows from these", () => {
    const { tasks, ping } = worker;
    const all = { ...worker, tasks: [...tasks, ping] };
    expect(tasks).toEqual([least]);
    expect(maxReceiveCount(all)).toBe(maxReceiveCount(worker));
    expect(functionTimeoutSeconds(all)).toBe(functionTimeoutSeconds(worker));
    expect(visibilitySeconds(all)).toBe(visibilitySeconds(worker));
    expect(offloadLifetimes([worker])).toEqual(offloadLifetimes([{ tasks: [least] }]));
    expect(offloadLifetimes([all])).not.toEqual(offloadLifetimes([worker]));
  });

  it('is found by its name, and not offered to who looks for another', () => {
    const fleet = defineFleet([worker]);
    expect(findTask(fleet, 'export.ping')).toBe(worker.ping);
    expect(() => findTask(fleet, 'none')).toThrow(/known tasks: export\.run$/);
    expect(() => findTask(fleet, 'export.pign')).toThrow('did you mean "export.ping"?');
  });
});
