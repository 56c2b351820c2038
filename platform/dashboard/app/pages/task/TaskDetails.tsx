import type { ShownTask } from '../../../../api/schemas/task.ts';
import { useLive } from '../../live/useLive.ts';
import { StateBadge } from '../../ui/Badge.tsx';
import { Json } from '../../ui/Json.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page, Panel } from '../../ui/Page.tsx';
import { TaskActions } from './TaskActions.tsx';
import { TaskAttempts } from './TaskAttempts.tsx';
import { TaskFacts } from './TaskFacts.tsx';
import { TaskFamily } from './TaskFamily.tsx';
import { TaskOutput } from './TaskOutput.tsx';
import { TaskProgress } from './TaskProgress.tsx';
import { TaskTimeline } from './TaskTimeline.tsx';

export function TaskDetails({ id }: { readonly id: string }) {
  const live = useLive('task', { id });
  const task = live.data;
  return (
    <Page title={task?.task ?? id} actions={task && <TaskActions task={task} />}>
      <Loaded of={live}>{(known) => <Details task={known} />}</Loaded>
    </Page>
  );
}

function Details({ task }: { readonly task: ShownTask }) {
  const { errors = [], error, input, inputBytes, root, parent } = task;
  return (
    <>
      <section class="panel form" aria-live="polite">
        <div class="actions">
          <StateBadge task={task} />
          <span class="id">{task.id}</span>
        </div>
        {error !== undefined && (
          <p class="error-line">
            <strong>{error.name}</strong>: {error.message}
          </p>
        )}
        <TaskProgress task={task} />
        <TaskFacts task={task} />
      </section>
      <div class="halves">
        <Panel title="Input">
          {input === undefined ? (
            <p class="faint">{absent(inputBytes)}</p>
          ) : (
            <Json value={input} label="Input" />
          )}
        </Panel>
        <TaskOutput task={task} />
        <TaskTimeline task={task} />
        <TaskAttempts errors={errors} />
      </div>
      {(parent !== undefined || root !== undefined) && (
        <TaskFamily id={task.id} root={root ?? task.id} />
      )}
    </>
  );
}

function absent(bytes: number | undefined): string {
  return bytes === undefined
    ? 'Not known yet.'
    : `${bytes.toLocaleString()} bytes: too large to be shown here.`;
}
