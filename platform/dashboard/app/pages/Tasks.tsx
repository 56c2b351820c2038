import { useLive } from '../live/useLive.ts';
import { navigate, query, setQuery } from '../router.ts';
import { may } from '../session/me.ts';
import { Empty } from '../ui/Empty.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { TasksTable } from '../ui/TasksTable.tsx';
import { TaskFilters } from './TaskFilters.tsx';

const LIMIT = 50;

export function Tasks() {
  const { state, lost, worker, task, creator, subject, from, to, cursor } = query.value;
  const filter = { state, lost, worker, task, creator, subject, from, to };
  const found = useLive('tasks', { ...filter, cursor, limit: LIMIT });
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Page title="Tasks" actions={<Tools />}>
      <section class="panel">
        <TaskFilters />
        <Loaded of={found}>
          {({ tasks, cursor: next }) => (
            <>
              {tasks.length === 0 ? (
                <NoTasks isFiltered={isFiltered} />
              ) : (
                <TasksTable tasks={tasks} />
              )}
              <Pages isLater={cursor !== undefined} next={next} />
            </>
          )}
        </Loaded>
      </section>
    </Page>
  );
}

function Tools() {
  return (
    <>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const id = event.currentTarget.querySelector('input')?.value.trim() ?? '';
          if (id !== '') navigate(`/tasks/${encodeURIComponent(id)}`);
        }}
      >
        <input
          name="id"
          type="search"
          aria-label="Open a task by its id"
          placeholder="Task id, then Enter"
          spellcheck={false}
        />
      </form>
      {may('tasks:schedule') && (
        <a class="button primary" href="/schedule">
          <Icon name="plus" />
          Schedule
        </a>
      )}
    </>
  );
}

function NoTasks({ isFiltered }: { readonly isFiltered: boolean }) {
  if (!isFiltered) {
    return (
      <Empty icon="list" title="No task yet">
        <a href="/schedule">Schedule one</a>, or call <code>fleet.schedule(…)</code> from your code.
      </Empty>
    );
  }
  return (
    <Empty icon="list" title="No task fits these filters">
      <a href="/tasks">Show all tasks</a>
    </Empty>
  );
}

function Pages({
  isLater,
  next,
}: {
  readonly isLater: boolean;
  readonly next: string | undefined;
}) {
  if (!isLater && next === undefined) return null;
  return (
    <div class="actions">
      <button type="button" disabled={!isLater} onClick={() => setQuery({ cursor: undefined })}>
        Newest
      </button>
      <button
        type="button"
        disabled={next === undefined}
        onClick={() => setQuery({ cursor: next })}
      >
        Older
      </button>
    </div>
  );
}
