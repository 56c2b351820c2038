import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Compute, defineTask, defineWorker, fargate, lambda } from './index.ts';

const options = { input: z.object({ repository: z.string() }), output: z.null() };
const fetch = defineTask('layers.fetch', { ...options, group: () => 'git' });
const index = defineTask('layers.index', { ...options, group: () => 'index' });
const sweep = defineTask('layers.sweep', { ...options, group: () => 'sweep' });
const notify = defineTask('layers.notify', options);
const update = defineTask('layers.update', { ...options, group: ({ repository }) => repository });

type LayersTask = typeof fetch | typeof index | typeof sweep | typeof notify | typeof update;

const layers = (compute: Compute, tasks: readonly LayersTask[] = [fetch]) =>
  defineWorker('layers', { tasks, compute });

describe('a worker on Lambda whose tasks all run one at a time', () => {
  it('is refused a concurrency that nothing can use', () => {
    expect(() => layers(lambda({ maxConcurrency: 100 }))).toThrow(
      'worker "layers": compute.maxConcurrency: expected at most 2, because every task has one group, whatever its input, and ' +
        'runs one at a time, got 100; lower it, or make the group from the input',
    );
  });

  it('may have the fewest that Lambda takes, or one for each task', () => {
    expect(() => layers(lambda({ maxConcurrency: 2 }))).not.toThrow();
    const three = [fetch, index, sweep];
    expect(() => layers(lambda({ maxConcurrency: 3 }), three)).not.toThrow();
    expect(() => layers(lambda({ maxConcurrency: 4 }), three)).toThrow('expected at most 3');
  });
});

describe('a worker may have a high concurrency', () => {
  it.each([
    ['when a task makes its group from its input', [fetch, update]],
    ['when a task has no group', [fetch, notify]],
  ])('%s', (_when, tasks) => {
    expect(() => layers(lambda({ maxConcurrency: 100 }), tasks)).not.toThrow();
  });

  it('on Fargate, where the backlog asks for it', () => {
    expect(() => layers(fargate())).not.toThrow();
  });
});
