import type { ShownTask } from '../../../../api/schemas/task.ts';
import { Facts } from '../../ui/Facts.tsx';
import { TaskLink } from '../../ui/TaskLink.tsx';
import { Duration, Time } from '../../ui/Time.tsx';

export function TaskFacts({ task }: { readonly task: ShownTask }) {
  const { startedAt, finishedAt, createdAt, dueAt, expires, subject, periodic, retryOf } =
    task as ShownTask & { readonly retryOf?: string };
  return (
    <Facts
      of={[
        ['Worker', task.worker],
        ['Attempt', task.attempt],
        ['Created', createdAt && <Time at={createdAt} />],
        ['Due', dueAt && <Time at={dueAt} />],
        ['Started', startedAt && <Time at={startedAt} />],
        ['Took', startedAt && <Duration from={startedAt} to={finishedAt} />],
        ['Expires', expires && <Time at={expires} />],
        ['Creator', task.creator],
        [
          'Subject',
          subject && <a href={`/tasks?subject=${encodeURIComponent(subject)}`}>{subject}</a>,
        ],
        ['Group', task.group],
        ['Priority', task.priority],
        ['Process', task.holder],
        ['Retry of', retryOf && <TaskLink id={retryOf} />],
        ['Parent', task.parent && <TaskLink id={task.parent} />],
        ['Periodic task', periodic && <a href="/periodic">{periodic.name}</a>],
        ['Snoozes', task.snoozes],
      ]}
    />
  );
}
