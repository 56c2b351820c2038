import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../../api/problem.ts';
import { problemOf } from '../api/problem.ts';
import type { Query } from '../api/request.ts';
import { subscribe } from './hub.ts';
import type { Watch, Watched } from './watched.ts';

export interface Live<T> {
  /** Undefined until it has come for the first time. */
  readonly data: T | undefined;
  /** Why it cannot be had; what came before stays. */
  readonly problem: Problem | undefined;
}

/** What is watched, as it changes. */
export function useLive<W extends Watch>(watch: W, query: Query = {}): Live<Watched[W]> {
  const key = JSON.stringify([watch, query]);
  const [seen, setSeen] = useState<Live<Watched[W]> & { readonly key?: string }>({
    data: undefined,
    problem: undefined,
  });
  useEffect(
    () =>
      subscribe({
        watch,
        query,
        onData: (data) => setSeen({ key, data: data as Watched[W], problem: undefined }),
        onProblem: (error) => setSeen(({ data }) => ({ key, data, problem: problemOf(error) })),
      }),
    [key],
  );
  return seen;
}
