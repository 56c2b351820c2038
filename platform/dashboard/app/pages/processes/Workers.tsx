import type { WorkerProcess, WorkerView } from '../../api/fleet.ts';
import { useLive } from '../../live/useLive.ts';
import { may } from '../../session/me.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page, Panel } from '../../ui/Page.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { TaskLink } from '../../ui/TaskLink.tsx';
import { Time } from '../../ui/Time.tsx';
import { isWorkerPaused, ProcessActions, WorkerActions } from './WorkerActions.tsx';
import { WorkerLimits } from './WorkerLimits.tsx';

const COLUMNS: readonly Column<WorkerProcess>[] = [
  { title: 'State', cell: (process) => <ProcessBadge process={process} /> },
  { title: 'Process', cell: ({ host, pid }) => `${host}/${pid}` },
  { title: 'Load', cell: (process) => <Load process={process} /> },
  { title: 'Done', kind: 'number', cell: ({ processed }) => processed.toLocaleString() },
  { title: 'Failed', kind: 'number', cell: ({ failed }) => failed.toLocaleString() },
  {
    title: 'Memory',
    kind: 'number',
    cell: ({ rssBytes }) => `${Math.round(rssBytes / 1_048_576)} MiB`,
  },
  { title: 'Late by', kind: 'number', cell: ({ lagMs }) => `${Math.round(lagMs)} ms` },
  { title: 'Version', cell: ({ toolbox, node }) => <span title={`Node ${node}`}>{toolbox}</span> },
  { title: 'Heard', kind: 'number', cell: ({ beatAt }) => <Time at={beatAt} /> },
  {
    title: 'Actions',
    kind: 'actions',
    cell: ({ worker, id }) => <ProcessActions worker={worker} process={id} />,
  },
];

export function Workers() {
  return (
    <Page title="Workers">
      <Loaded of={useLive('workers')}>
        {({ workers }) => workers.map((worker) => <Worker key={worker.name} worker={worker} />)}
      </Loaded>
    </Page>
  );
}

function Worker({ worker }: { readonly worker: WorkerView }) {
  const { name, processes } = worker;
  const isPaused = isWorkerPaused(worker.wanted);
  return (
    <Panel title={name} actions={may('fleet:operate') && <WorkerActions worker={worker} />}>
      {isPaused && (
        <p>
          <Badge tone="warn" icon="ban" text="paused" /> by {worker.wanted.all.paused?.by}
        </p>
      )}
      {processes.length === 0 ? (
        <Empty icon="server" title="No process is heard">
          {worker.compute === 'lambda'
            ? 'Lambda starts it for each batch of tasks: there is nothing that lives on.'
            : 'Start one: its tasks wait in their queue.'}
        </Empty>
      ) : (
        <div class="table-scroll">
          <Table
            caption={`Processes of ${name}`}
            rows={processes}
            columns={COLUMNS}
            keyOf={({ id }) => id}
          />
        </div>
      )}
      <Running processes={processes} />
      <WorkerLimits worker={worker} />
    </Panel>
  );
}

function Running({ processes }: { readonly processes: readonly WorkerProcess[] }) {
  const running = processes.flatMap(({ tasks }) => tasks);
  if (running.length === 0) return null;
  return (
    <p class="chosen small">
      <span class="faint">Runs</span>
      {running.map(({ id }) => (
        <TaskLink key={id} id={id} />
      ))}
    </p>
  );
}

function Load({ process: { running, concurrency } }: { readonly process: WorkerProcess }) {
  return (
    <span>
      {running} of {concurrency}
      <progress value={running} max={Math.max(1, concurrency)} aria-label="Tasks that run" />
    </span>
  );
}

function ProcessBadge({ process: { state, lost } }: { readonly process: WorkerProcess }) {
  if (lost) return <Badge tone="bad" icon="ghost" text="silent" />;
  if (state === 'paused') return <Badge tone="warn" icon="ban" text="paused" />;
  if (state === 'stopping') return <Badge tone="warn" icon="hourglass" text="stopping" />;
  return <Badge tone="good" icon="check" text="running" />;
}
