import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../../api/problem.ts';
import { credentials } from '../session/credentials.ts';
import { problemOf } from './problem.ts';
import { request } from './request.ts';

export interface Asked<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  /** Asks once more. */
  readonly again: () => void;
}

/** What a GET of the path says, asked for once and whenever the path changes. Undefined asks for nothing. */
export function useAsked<T>(path: string | undefined): Asked<T> {
  const [round, setRound] = useState(0);
  const [seen, setSeen] = useState<Omit<Asked<T>, 'again'>>({
    data: undefined,
    problem: undefined,
  });
  const who = credentials.value;
  useEffect(() => {
    if (path === undefined) return undefined;
    let isWanted = true;
    request<T>('GET', path).then(
      (data) => isWanted && setSeen({ data, problem: undefined }),
      (error: unknown) => isWanted && setSeen(({ data }) => ({ data, problem: problemOf(error) })),
    );
    return () => {
      isWanted = false;
    };
  }, [path, round, who]);
  return { ...seen, again: () => setRound((before) => before + 1) };
}
