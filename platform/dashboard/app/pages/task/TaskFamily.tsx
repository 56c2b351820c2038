import type { ShownTask } from '../../../../api/schemas/task.ts';
import type { Family } from '../../live/watched.ts';
import { useLive } from '../../live/useLive.ts';
import { request } from '../../api/request.ts';
import { useAction } from '../../api/useAction.ts';
import { may } from '../../session/me.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { hasEnded } from '../../ui/stateLooks.ts';
import { StateBadge } from '../../ui/Badge.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Page.tsx';
import { TaskLink } from '../../ui/TaskLink.tsx';
import { Duration } from '../../ui/Time.tsx';

export interface TaskFamilyProps {
  readonly id: string;
  readonly root: string;
}

/** All tasks with one root, each under the one that scheduled it. */
export function TaskFamily({ id, root }: TaskFamilyProps) {
  const family = useLive('family', { id: root });
  const { data } = family;
  if (data && data.tasks.length < 2) return null;
  return (
    <Panel title="Family" actions={data && <About family={data} />}>
      <Loaded of={family}>
        {({ tasks, cursor }) => (
          <>
            <nav class="tree" aria-label="Family">
              <Branch tasks={tasks} parents={rootsOf(tasks)} current={id} />
            </nav>
            {cursor !== undefined && <p class="faint small">The first {tasks.length} are shown.</p>}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function About({ family }: { readonly family: Family }) {
  return (
    <>
      <Counts family={family} />
      {may('tasks:change') && !family.tasks.every(({ state }) => hasEnded(state)) && (
        <CancelFamily root={family.root} />
      )}
    </>
  );
}

function CancelFamily({ root }: { readonly root: string }) {
  const cancel = useAction(async () => {
    const path = `/api/tasks/${encodeURIComponent(root)}/family/cancel`;
    const { ids } = await request<{ ids: readonly string[] }>('POST', path, {});
    return `${ids.length} were cancelled, or asked to stop.`;
  });
  return (
    <ConfirmButton
      label="Cancel family"
      title="Cancel the whole family?"
      disabled={cancel.isBusy}
      onConfirm={() => void cancel.run()}
    >
      Those that have not begun never will; those that run are asked to stop.
    </ConfirmButton>
  );
}

function Counts({ family: { counts } }: { readonly family: Family }) {
  const known = Object.entries(counts) as [ShownTask['state'], number][];
  return (
    <span class="chosen small">
      {known.map(([state, count]) => (
        <span key={state}>
          {count} <StateBadge task={{ state }} />
        </span>
      ))}
    </span>
  );
}

interface BranchProps {
  readonly tasks: readonly ShownTask[];
  readonly parents: readonly ShownTask[];
  readonly current: string;
}

function Branch({ tasks, parents, current }: BranchProps) {
  return (
    <ul>
      {parents.map((task) => {
        const children = tasks.filter(({ parent }) => parent === task.id);
        return (
          <li key={task.id}>
            <div class="tree-row">
              <StateBadge task={task} />
              <span aria-current={task.id === current ? 'true' : undefined}>
                <TaskLink id={task.id} text={task.task ?? task.id} />
              </span>
              <span class="faint small">
                <Duration from={task.startedAt} to={task.finishedAt} />
              </span>
            </div>
            {children.length > 0 && <Branch tasks={tasks} parents={children} current={current} />}
          </li>
        );
      })}
    </ul>
  );
}

/** Those whose parent is not in the list. */
function rootsOf(tasks: readonly ShownTask[]): readonly ShownTask[] {
  const ids = new Set(tasks.map(({ id }) => id));
  return tasks.filter(({ parent }) => parent === undefined || !ids.has(parent));
}
