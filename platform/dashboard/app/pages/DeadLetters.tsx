import type { DeadLetter } from '../api/fleet.ts';
import { request } from '../api/request.ts';
import { useAction } from '../api/useAction.ts';
import { useLive } from '../live/useLive.ts';
import { query, setQuery } from '../router.ts';
import { may } from '../session/me.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { Empty } from '../ui/Empty.tsx';
import { FilterText } from '../ui/Filter.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { type Column, Table } from '../ui/Table.tsx';
import { shortId, TaskLink } from '../ui/TaskLink.tsx';
import { Time } from '../ui/Time.tsx';
import { LetterMessage } from './LetterMessage.tsx';

const LIMIT = 50;

const COLUMNS: readonly Column<DeadLetter>[] = [
  { title: 'Service', cell: ({ service }) => service },
  { title: 'Task', cell: (letter) => <About letter={letter} /> },
  { title: 'Reason', kind: 'wide', cell: (letter) => <LetterMessage letter={letter} /> },
  { title: 'Attempts', kind: 'number', cell: ({ attempt }) => attempt },
  { title: 'Died', kind: 'number', cell: ({ diedAt }) => <Time at={diedAt} /> },
  { title: 'Actions', kind: 'actions', cell: (letter) => <LetterActions letter={letter} /> },
];

export function DeadLetters() {
  const { service, cursor } = query.value;
  const found = useLive('dead-letters', { service, cursor, limit: LIMIT });
  return (
    <Page
      title="Dead letters"
      actions={service !== undefined && <ServiceActions service={service} />}
    >
      <section class="panel">
        <search class="filters">
          <FilterText
            label="Service"
            value={service}
            onChange={(value) => setQuery({ service: value, cursor: undefined })}
          />
        </search>
        <Loaded of={found}>
          {({ letters, cursor: next }) => (
            <>
              {letters.length === 0 ? (
                <Empty icon="archive" title="No dead letter">
                  What could not even be run would be here, with the reason.
                </Empty>
              ) : (
                <Table
                  caption="Dead letters"
                  rows={letters}
                  columns={COLUMNS}
                  keyOf={({ id }) => id}
                />
              )}
              {next !== undefined && (
                <button type="button" onClick={() => setQuery({ cursor: next })}>
                  More
                </button>
              )}
            </>
          )}
        </Loaded>
      </section>
    </Page>
  );
}

function About({ letter: { id, task, taskId } }: { readonly letter: DeadLetter }) {
  if (taskId === undefined) return <span class="id">{shortId(id)}</span>;
  return <TaskLink id={taskId} text={task ?? shortId(taskId)} />;
}

function LetterActions({ letter: { id, state } }: { readonly letter: DeadLetter }) {
  const path = `/api/dead-letters/${encodeURIComponent(id)}`;
  const redrive = useAction(async () => {
    await request('POST', `${path}/redrive`, {});
    return 'It is on its way back to its queue.';
  });
  const purge = useAction(async () => {
    await request('POST', `${path}/purge`, {});
    return 'Purged.';
  });
  if (!may('fleet:operate') || state !== 'waiting') return <span class="faint">{state}</span>;
  return (
    <div class="actions">
      <button type="button" disabled={redrive.isBusy} onClick={() => void redrive.run()}>
        Redrive
      </button>
      <ConfirmButton
        label="Purge"
        title="Purge this dead letter?"
        typed="purge"
        disabled={purge.isBusy}
        onConfirm={() => void purge.run()}
      >
        The message is deleted for ever. Its task stays dead.
      </ConfirmButton>
    </div>
  );
}

function ServiceActions({ service }: { readonly service: string }) {
  const redrive = useAction(async () => {
    const { redriven } = await request<{ redriven: readonly string[] }>(
      'POST',
      '/api/dead-letters/redrive',
      { service },
    );
    return `${redriven.length} are back in their queue.`;
  });
  const purge = useAction(async () => {
    const { purged } = await request<{ purged: readonly string[] }>(
      'POST',
      '/api/dead-letters/purge',
      { service },
    );
    return `${purged.length} were purged.`;
  });
  if (!may('fleet:operate')) return null;
  return (
    <>
      <button type="button" disabled={redrive.isBusy} onClick={() => void redrive.run()}>
        Redrive all of {service}
      </button>
      <ConfirmButton
        label="Purge all"
        title={`Purge all dead letters of ${service}?`}
        typed={service}
        disabled={purge.isBusy}
        onConfirm={() => void purge.run()}
      >
        Their messages are deleted for ever. Their tasks stay dead.
      </ConfirmButton>
    </>
  );
}
