import type { ShownTask } from '../../../../api/schemas/task.ts';

/** How far a running task says it is. */
export function TaskProgress({ task: { progress, state } }: { readonly task: ShownTask }) {
  if (!progress || (state !== 'running' && state !== 'retrying')) return null;
  const percent = Math.round(progress.fraction * 100);
  return (
    <div class="progress">
      <p>
        <span>{progress.note ?? 'Progress'}</span>
        <span>{percent} %</span>
      </p>
      <progress value={percent} max={100} aria-label="Progress" />
    </div>
  );
}
