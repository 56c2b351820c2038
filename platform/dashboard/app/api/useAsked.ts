import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../../api/problem.ts';
import { credentials } from '../session/credentials.ts';
import { problemOf } from './problem.ts';
import { request } from './request.ts';

export interface Asked<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
}

/** What a GET of the path says, asked for whenever the path changes, and every so many milliseconds if those are given. Undefined asks for nothing. */
export function useAsked<T>(path: string | undefined, everyMs?: number): Asked<T> {
  const [round, setRound] = useState(0);
  const [seen, setSeen] = useState<Asked<T>>({ data: undefined, problem: undefined });
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
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const timer = setInterval(() => setRound((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return seen;
}
