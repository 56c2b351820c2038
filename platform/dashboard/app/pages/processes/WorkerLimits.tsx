import type { WorkerView } from '../../api/fleet.ts';
import { useContracts } from '../../api/useContracts.ts';
import { may } from '../../session/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { durationText } from '../../ui/Time.tsx';
import { useOrder } from './WorkerActions.tsx';

interface Limited {
  readonly task: string;
  readonly timeLimitMs?: number | undefined;
  readonly rateLimitMs?: number | undefined;
}

/** Time and rate limits of a worker's tasks, as they are changed without a deployment. */
export function WorkerLimits({ worker: { name, wanted } }: { readonly worker: WorkerView }) {
  const { data: contracts = [] } = useContracts();
  const tasks = contracts.filter(({ worker }) => worker === name);
  if (tasks.length === 0) return null;
  const rows = tasks.map(({ name: task, timeLimitMs }) => {
    const changed = wanted.limits[task];
    return {
      task,
      timeLimitMs: changed?.timeLimitMs ?? timeLimitMs,
      rateLimitMs: changed?.rateLimitMs,
    };
  });
  const columns: readonly Column<Limited>[] = [
    { title: 'Task', cell: ({ task }) => task },
    {
      title: 'Time limit',
      kind: 'number',
      cell: ({ timeLimitMs }) => (timeLimitMs === undefined ? 'none' : durationText(timeLimitMs)),
    },
    {
      title: 'Rate',
      kind: 'number',
      cell: ({ rateLimitMs }) =>
        rateLimitMs === undefined ? "the contract's" : `one in ${durationText(rateLimitMs)}`,
    },
    {
      title: 'Actions',
      kind: 'actions',
      cell: ({ task }) => may('fleet:operate') && <LimitActions worker={name} task={task} />,
    },
  ];
  return (
    <details>
      <summary>Limits</summary>
      <Table
        caption={`Limits of the tasks of ${name}`}
        rows={rows}
        columns={columns}
        keyOf={({ task }) => task}
      />
    </details>
  );
}

function LimitActions({ worker, task }: { readonly worker: string; readonly task: string }) {
  const order = useOrder(worker);
  return (
    <div class="actions">
      <AskButton
        label="Time limit"
        title={`How long an attempt of ${task} may take`}
        field="Seconds"
        note="Empty: what the contract says"
        type="number"
        canBeEmpty
        onAnswer={(text) =>
          void order.run({
            kind: 'limits',
            task,
            ...(text !== '' && { timeLimitMs: Number(text) * 1_000 }),
          })
        }
      />
      <AskButton
        label="Rate limit"
        title={`How often ${task} may begin`}
        field="Seconds between two starts"
        note="Empty: what the contract says"
        type="number"
        canBeEmpty
        onAnswer={(text) =>
          void order.run({
            kind: 'rate',
            task,
            ...(text !== '' && { rateLimitMs: Number(text) * 1_000 }),
          })
        }
      />
    </div>
  );
}
