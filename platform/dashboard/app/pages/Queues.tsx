import type { QueueView } from '../api/fleet.ts';
import { request } from '../api/request.ts';
import { useAction } from '../api/useAction.ts';
import { may } from '../session/me.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { useOrder } from './processes/WorkerActions.tsx';
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
  { title: 'Oldest', kind: 'number', cell: (queue) => <Oldest queue={queue} /> },
  { title: 'In flight', kind: 'number', cell: ({ inFlight }) => inFlight.toLocaleString() },
  { title: 'Delayed', kind: 'number', cell: ({ delayed }) => delayed.toLocaleString() },
  { title: 'Dead letters', kind: 'number', cell: (queue) => <DeadLink queue={queue} /> },
  { title: 'Actions', kind: 'actions', cell: (queue) => <QueueActions queue={queue} /> },
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

/** Of a worker's queues together: the platform's are its own. */
function QueueActions({ queue: { service, queue, paused } }: { readonly queue: QueueView }) {
  const order = useOrder(service);
  const purge = useAction(async () => cancelledText(await purgeAll(service)));
  if (service === 'platform' || queue !== 'normal' || !may('fleet:operate')) return null;
  return (
    <div class="actions">
      <button
        type="button"
        disabled={order.isBusy}
        onClick={() => void order.run({ kind: paused ? 'resume' : 'pause' })}
      >
        {paused ? 'Resume' : 'Pause'}
      </button>
      <ConfirmButton
        label="Purge"
        title={`Cancel all that waits for ${service}?`}
        typed={service}
        disabled={purge.isBusy}
        onConfirm={() => void purge.run()}
      >
        What has not begun ends as cancelled. What runs goes on, and what waits for its time stays.
      </ConfirmButton>
    </div>
  );
}

function cancelledText(count: number): string {
  return count === 1 ? 'One task was cancelled.' : `${count} tasks were cancelled.`;
}

interface Purged {
  readonly cancelled: readonly string[];
  readonly cursor?: string;
}

/** Resolves to how many were cancelled: the API does some at a time. */
async function purgeAll(service: string): Promise<number> {
  const path = `/api/queues/${encodeURIComponent(service)}/purge`;
  let count = 0;
  let cursor: string | undefined;
  do {
    const answer = await request<Purged>('POST', path, { cursor });
    count += answer.cancelled.length;
    ({ cursor } = answer);
  } while (cursor !== undefined);
  return count;
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
