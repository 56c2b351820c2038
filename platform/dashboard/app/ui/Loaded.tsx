import type { ComponentChildren } from 'preact';
import type { Problem } from '../../../api/problem.ts';
import { Empty } from './Empty.tsx';

export interface LoadedProps<T> {
  readonly of: { readonly data: T | undefined; readonly problem: Problem | undefined };
  readonly children: (data: T) => ComponentChildren;
}

/** What has come, or why it has not; until then its place is kept. */
export function Loaded<T>({ of: { data, problem }, children }: LoadedProps<T>) {
  if (data !== undefined) return <>{children(data)}</>;
  if (problem) {
    return (
      <div role="alert">
        <Empty icon="alert" title={problem.title}>
          {problem.detail}
        </Empty>
      </div>
    );
  }
  return <div class="loading" aria-busy="true" aria-label="Loading" role="progressbar" />;
}
