import {
  type AnyTask,
  type InputOf,
  type Json,
  jsonOf,
  validate,
  type Worker,
} from '@taskfleet/toolbox/contract';
import type { TestFleet } from '../../index.ts';

/** An input with which the task succeeds, or what makes one: given the running fleet, to store what the task reads. */
export type Sample<T extends AnyTask = AnyTask> =
  | InputOf<T>
  | ((fleet: TestFleet) => InputOf<T> | Promise<InputOf<T>>);

/** One for each task of the worker. */
export type Samples<W extends Worker> = {
  // Not by remapped keys, with which functions would not know their parameters.
  readonly [Name in W['tasks'][number]['name']]: Sample<
    Extract<W['tasks'][number], { readonly name: Name }>
  >;
};

/** A task, and an input to run it with. */
export interface Trial {
  readonly task: AnyTask;
  readonly input: Json;
}

/** A task that cannot be tried, and what to do about it. */
export interface Unfit {
  readonly task: AnyTask;
  readonly problem: string;
}

/** What a task is to be tried with, as it would arrive. */
export async function prepareTrial(
  task: AnyTask,
  samples: Readonly<Record<string, Sample>>,
  fleet: TestFleet,
): Promise<Trial | Unfit> {
  if (!Object.hasOwn(samples, task.name)) {
    const problem = `expected a sample of ${task.name}, got none; add it to \`samples\``;
    return { task, problem };
  }
  try {
    const sample: Sample = samples[task.name];
    const input = jsonOf(task, typeof sample === 'function' ? await sample(fleet) : sample);
    const checked = validate(`the sample of ${task.name}`, task.input, input);
    if (checked.ok) return { task, input };
    return { task, problem: `${checked.error.message}; mend the sample, or the schema` };
  } catch (error) {
    return { task, problem: `the sample of ${task.name} could not be made: ${String(error)}` };
  }
}
