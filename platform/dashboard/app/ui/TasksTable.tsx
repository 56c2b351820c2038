import type { ShownTask } from '../../../api/schemas/task.ts';
import { StateBadge } from './Badge.tsx';
import { Nothing } from './Nothing.tsx';
import { type Column, Table } from './Table.tsx';
import { TaskLink } from './TaskLink.tsx';
import { Duration, Time } from './Time.tsx';

const COLUMNS: readonly Column<ShownTask>[] = [
  { title: 'State', cell: (task) => <StateBadge task={task} /> },
  { title: 'Task', cell: ({ id, task, worker }) => <TaskLink id={id} text={task ?? worker} /> },
  { title: 'Id', cell: ({ id }) => <TaskLink id={id} /> },
  { title: 'Subject', cell: ({ subject }) => subject ?? <Nothing /> },
  { title: 'Creator', cell: ({ creator }) => creator ?? <Nothing /> },
  { title: 'Attempt', kind: 'number', cell: ({ attempt }) => attempt },
  { title: 'Created', kind: 'number', cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    title: 'Took',
    kind: 'number',
    cell: ({ startedAt, finishedAt }) => <Duration from={startedAt} to={finishedAt} />,
  },
];

export function TasksTable({ tasks }: { readonly tasks: readonly ShownTask[] }) {
  return (
    <Table caption="Tasks, newest first" rows={tasks} columns={COLUMNS} keyOf={({ id }) => id} />
  );
}
