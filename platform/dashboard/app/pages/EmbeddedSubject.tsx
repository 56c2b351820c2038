import type { ShownTask } from '../../../api/schemas/task.ts';
import { useAvailability } from '../live/useAvailability.ts';
import { useLive } from '../live/useLive.ts';
import { query } from '../router.ts';
import { may } from '../session/me.ts';
import { StateBadge } from '../ui/Badge.tsx';
import { ConnectionMark } from '../ui/ConnectionMark.tsx';
import { Empty } from '../ui/Empty.tsx';
import { ArtifactLink } from '../ui/ArtifactLink.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { hasEnded, type TaskState } from '../ui/stateLooks.ts';
import { type Column, Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import { artifactsIn } from './artifactsIn.ts';
import { linksIn } from './linksIn.ts';
import { CancelButton, RetryButton } from './task/TaskActions.tsx';
import { TaskProgress } from './task/TaskProgress.tsx';

const LIMIT = 10;

/** For a page of another application: what became of the tasks about one of its things. */
export function EmbeddedSubject() {
  const { subject, task } = query.value;
  const found = useLive('tasks', { subject, task, limit: LIMIT });
  if (subject === undefined) {
    return (
      <Empty icon="alert" title="No subject">
        The address names it: <code>/embed/subject?subject=project/1</code>
      </Empty>
    );
  }
  return (
    <main class="embed">
      <div class="panel-head">
        <h1 class="field-label">Tasks of {subject}</h1>
        <div class="actions">
          <ConnectionMark />
          {may('tasks:schedule') && <ScheduleLink subject={subject} task={task} />}
        </div>
      </div>
      <Loaded of={found}>
        {({ tasks }) =>
          tasks.length === 0 ? (
            <Empty icon="list" title="No task yet" />
          ) : (
            <Table
              caption={`Tasks of ${subject}`}
              rows={tasks}
              columns={COLUMNS}
              keyOf={({ id }) => id}
            />
          )
        }
      </Loaded>
    </main>
  );
}

const COLUMNS: readonly Column<ShownTask>[] = [
  { title: 'State', cell: (task) => <StateBadge task={task} /> },
  { title: 'Task', kind: 'wide', cell: (task) => <About task={task} /> },
  { title: 'When', kind: 'number', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { title: 'Actions', kind: 'actions', cell: (task) => <Actions task={task} /> },
];

function About({ task }: { readonly task: ShownTask }) {
  return (
    <div>
      <a href={`/tasks/${encodeURIComponent(task.id)}`} target="_blank" rel="noopener">
        {task.task ?? task.id}
      </a>
      {task.error && isUnhappy(task.state) && <p class="error-line small">{task.error.message}</p>}
      <TaskProgress task={task} />
      <ul class="small">
        {artifactsIn(task.output).map((reference) => (
          <li key={reference}>
            <ArtifactLink
              reference={reference}
              task={task.id}
              text={reference.split('/').at(-1) ?? reference}
            />
          </li>
        ))}
        {linksIn(task.output).map(({ text, url }) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noopener noreferrer">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function isUnhappy(state: TaskState): boolean {
  return hasEnded(state) && state !== 'succeeded';
}

function Actions({ task: { id, state, cancel } }: { readonly task: ShownTask }) {
  if (!may('tasks:change')) return null;
  return (
    <div class="actions">
      {!hasEnded(state) && <CancelButton id={id} isAsked={cancel !== undefined} />}
      {isUnhappy(state) && <RetryButton id={id} goesThere={false} />}
    </div>
  );
}

function ScheduleLink({
  subject,
  task,
}: {
  readonly subject: string;
  readonly task: string | undefined;
}) {
  const availability = useAvailability();
  const given = new URLSearchParams({ subject, ...(task !== undefined && { task }) }).toString();
  if (availability?.available === false) {
    return (
      <>
        <span class="small faint" id="why">
          Temporarily unavailable, try again later: {availability.reason}
        </span>
        <button type="button" disabled aria-describedby="why">
          Schedule
        </button>
      </>
    );
  }
  return (
    <a class="button" href={`/schedule?${given}`} target="_blank" rel="noopener">
      Schedule
    </a>
  );
}
