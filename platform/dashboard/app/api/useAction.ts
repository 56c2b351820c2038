import { useState } from 'preact/hooks';
import type { Problem } from '../../../api/problem.ts';
import { notify } from '../ui/notices.ts';
import { problemOf } from './problem.ts';

export interface Action<A extends readonly unknown[]> {
  readonly run: (...args: A) => Promise<void>;
  readonly isBusy: boolean;
  /** Why the last run was refused. */
  readonly problem: Problem | undefined;
}

/** Something that a person does. `act` resolves to what to tell of it; a refusal is told, and kept. */
export function useAction<A extends readonly unknown[]>(
  act: (...args: A) => Promise<string | undefined>,
): Action<A> {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = async (...args: A) => {
    setBusy(true);
    try {
      const told = await act(...args);
      setProblem(undefined);
      if (told !== undefined) notify('done', told);
    } catch (error) {
      const refused = problemOf(error);
      setProblem(refused);
      notify('problem', `${refused.title}: ${refused.detail}`);
    } finally {
      setBusy(false);
    }
  };
  return { run, isBusy, problem };
}
