import { request } from '../../api/request.ts';
import { retryTask } from '../task/retryTask.ts';
import type { Options } from './OptionsFields.tsx';

export interface Asked {
  readonly task: string;
  readonly input: unknown;
  readonly options: Options;
  /** The task that this one is a retry of. */
  readonly again: string | undefined;
}

/** Resolves to the id of the new task. Throws ProblemError. */
export async function scheduleTask({ task, input, options, again }: Asked): Promise<string> {
  const given = Object.fromEntries(
    Object.entries(options).filter(
      ([, value]) => value !== undefined && value !== '' && value !== false,
    ),
  );
  if (again !== undefined) return retryTask(again, { input, options: given });
  const made = await request<{ readonly id: string }>('POST', '/api/tasks', {
    task,
    input,
    options: given,
  });
  return made.id;
}
