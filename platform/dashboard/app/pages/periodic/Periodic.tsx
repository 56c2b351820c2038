import { useState } from 'preact/hooks';
import type { PeriodicView } from '../../api/fleet.ts';
import { request } from '../../api/request.ts';
import { useAction } from '../../api/useAction.ts';
import { useLive } from '../../live/useLive.ts';
import { may } from '../../session/me.ts';
import { Badge, StateBadge } from '../../ui/Badge.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { TaskLink } from '../../ui/TaskLink.tsx';
import { Time } from '../../ui/Time.tsx';
import { AddPeriodic } from './AddPeriodic.tsx';

const COLUMNS: readonly Column<PeriodicView>[] = [
  { title: 'State', cell: (one) => <PeriodicBadge one={one} /> },
  { title: 'Name', cell: ({ name }) => <strong>{name}</strong> },
  {
    title: 'Task',
    cell: ({ rule }) => <a href={`/tasks?task=${encodeURIComponent(rule.task)}`}>{rule.task}</a>,
  },
  { title: 'When', cell: ({ rule: { timing } }) => <Timing timing={timing} /> },
  { title: 'Next', kind: 'number', cell: ({ next }) => <Next times={next} /> },
  { title: 'Last', cell: ({ last }) => <Last last={last} /> },
  { title: 'Actions', kind: 'actions', cell: (one) => <PeriodicActions one={one} /> },
];

export function Periodic() {
  const [isAdding, setAdding] = useState(false);
  return (
    <Page
      title="Periodic tasks"
      actions={
        may('fleet:operate') && (
          <button type="button" class="primary" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            Add
          </button>
        )
      }
    >
      {isAdding && <AddPeriodic onClose={() => setAdding(false)} />}
      <section class="panel">
        <Loaded of={useLive('periodic')}>
          {({ periodic }) =>
            periodic.length === 0 ? (
              <Empty icon="calendar" title="Nothing fires yet">
                Add one here, or declare it in code: <code>periodic(…)</code> beside the fleet's
                workers.
              </Empty>
            ) : (
              <Table
                caption="Periodic tasks"
                rows={periodic}
                columns={COLUMNS}
                keyOf={({ name }) => name}
              />
            )
          }
        </Loaded>
      </section>
    </Page>
  );
}

function PeriodicBadge({ one: { paused, problem } }: { readonly one: PeriodicView }) {
  if (paused) return <Badge tone="warn" icon="ban" text="paused" title={`by ${paused.by}`} />;
  if (problem !== undefined)
    return <Badge tone="bad" icon="alert" text="refused" title={problem} />;
  return <Badge tone="good" icon="check" text="active" />;
}

function Timing({ timing }: { readonly timing: PeriodicView['rule']['timing'] }) {
  if ('every' in timing) return <>every {timing.every}</>;
  return (
    <>
      <code>{timing.cron}</code> <span class="faint small">{timing.timeZone}</span>
    </>
  );
}

function Next({ times }: { readonly times: readonly number[] }) {
  const all = times.map((at) => new Date(at).toLocaleString()).join('\n');
  return (
    <span title={all}>
      <Time at={times[0]} />
    </span>
  );
}

function Last({ last }: { readonly last: PeriodicView['last'] }) {
  if (!last) return <span class="faint">never</span>;
  return (
    <span class="actions">
      {last.state && <StateBadge task={{ state: last.state }} />}
      <TaskLink id={last.id} />
    </span>
  );
}

function PeriodicActions({ one: { name, paused, origin } }: { readonly one: PeriodicView }) {
  const path = `/api/periodic/${encodeURIComponent(name)}`;
  const change = useAction(async (verb: 'pause' | 'resume' | 'run') => {
    await request('POST', `${path}/${verb}`, {});
    return { pause: 'Paused.', resume: 'Resumed.', run: 'It runs once now.' }[verb];
  });
  const remove = useAction(async () => {
    await request('DELETE', path);
    return `${name} is removed.`;
  });
  if (!may('fleet:operate')) return null;
  return (
    <div class="actions">
      <button type="button" disabled={change.isBusy} onClick={() => void change.run('run')}>
        Run now
      </button>
      <button
        type="button"
        disabled={change.isBusy}
        onClick={() => void change.run(paused ? 'resume' : 'pause')}
      >
        {paused ? 'Resume' : 'Pause'}
      </button>
      {origin === 'added' && (
        <ConfirmButton
          label="Remove"
          title={`Remove ${name}?`}
          disabled={remove.isBusy}
          onConfirm={() => void remove.run()}
        >
          It fires no more. Tasks that it made stay.
        </ConfirmButton>
      )}
    </div>
  );
}
