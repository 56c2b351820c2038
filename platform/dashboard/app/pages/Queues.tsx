import type { QueueView } from '../api/fleet.ts';
import { useLive } from '../live/useLive.ts';
import { Badge } from '../ui/Badge.tsx';
import { Empty } from '../ui/Empty.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { type Column, Table } from '../ui/Table.tsx';
import { Duration } from '../ui/Time.tsx';

const COLUMNS: readonly Column<QueueView>[] = [
  { title: 'Service', cell: ({ service }) => <strong>{service}</strong> },
  { title: 'Queue', cell: ({ queue }) => queue },
  { title: 'Status', cell: (queue) => <QueueBadge queue={queue} /> },
  { title: 'Waiting', kind: 'number', cell: ({ visible }) => visible.toLocaleString() },
  { title: 'Oldest', cell: (queue) => <Oldest queue={queue} /> },
  { title: 'In flight', kind: 'number', cell: ({ inFlight }) => inFlight.toLocaleString() },
  { title: 'Delayed', kind: 'number', cell: ({ delayed }) => delayed.toLocaleString() },
  { title: 'Dead letters', kind: 'number', cell: (queue) => <DeadLink queue={queue} /> },
];

export function Queues() {
  return (
    <Page title="Queues">
      <section class="panel">
        <Loaded of={useLive('queues')}>
          {({ queues }) =>
            queues.length === 0 ? (
              <Empty icon="layers" title="No queue">
                A worker in <code>workers/fleet.ts</code> gets its queues with the next deployment.
              </Empty>
            ) : (
              <Table
                caption="Queues of each service"
                rows={queues}
                columns={COLUMNS}
                keyOf={({ service, queue }) => `${service} ${queue}`}
              />
            )
          }
        </Loaded>
      </section>
    </Page>
  );
}

/** Of all the service's queues: it is worked out, to a minute. */
function Oldest({ queue: { visible, oldestAt } }: { readonly queue: QueueView }) {
  if (visible === 0) return <span class="faint">–</span>;
  if (oldestAt === null) return <span class="faint">not known</span>;
  return (
    <span title="At most so long: it is worked out once a minute">
      ≤ <Duration from={oldestAt} />
    </span>
  );
}

function QueueBadge({ queue: { paused } }: { readonly queue: QueueView }) {
  if (paused) return <Badge tone="warn" icon="ban" text="worker paused" />;
  return <Badge tone="good" icon="check" text="flowing" />;
}

function DeadLink({ queue: { service, deadLetters } }: { readonly queue: QueueView }) {
  if (deadLetters === 0) return <span class="faint">0</span>;
  return (
    <a href={`/dead-letters?service=${encodeURIComponent(service)}`}>
      {deadLetters.toLocaleString()}
    </a>
  );
}
