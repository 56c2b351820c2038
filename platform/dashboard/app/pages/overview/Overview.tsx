import { useLive } from '../../live/useLive.ts';
import { query, setQuery } from '../../router.ts';
import { Empty } from '../../ui/Empty.tsx';
import { FilterSelect } from '../../ui/Filter.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page, Panel } from '../../ui/Page.tsx';
import { TasksTable } from '../../ui/TasksTable.tsx';
import { FleetFigures } from './FleetFigures.tsx';
import { QueueCharts } from './QueueCharts.tsx';
import { TaskCharts } from './TaskCharts.tsx';
import { useStatistics, type WindowName, WINDOWS } from './statistics.ts';

const NEWEST = 8;

export function Overview() {
  const { window: asked = '1h', task } = query.value;
  const window: WindowName = asked in WINDOWS ? (asked as WindowName) : '1h';
  const statistics = useStatistics(window, task);
  const newest = useLive('tasks', { limit: NEWEST });
  return (
    <Page title="Overview" actions={<WindowChoice window={window} />}>
      <FleetFigures statistics={statistics.data} window={window} />
      {statistics.problem?.type.endsWith('route-unknown') ? (
        <Panel title="Throughput">
          <Empty icon="bars" title="No statistics">
            This platform does not count yet. What runs now is below.
          </Empty>
        </Panel>
      ) : (
        <Loaded of={statistics}>{(data) => <TaskCharts statistics={data} task={task} />}</Loaded>
      )}
      <QueueCharts />
      <Panel title="Newest tasks" actions={<a href="/tasks">All tasks</a>}>
        <Loaded of={newest}>
          {({ tasks }) =>
            tasks.length === 0 ? (
              <Empty icon="list" title="No task yet">
                <a href="/schedule">Schedule one</a>, or call <code>fleet.schedule(…)</code> from
                your code.
              </Empty>
            ) : (
              <TasksTable tasks={tasks} />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

function WindowChoice({ window }: { readonly window: WindowName }) {
  return (
    <FilterSelect
      label="Time"
      value={window}
      none="1h"
      options={Object.keys(WINDOWS)}
      onChange={(value) => setQuery({ window: value })}
    />
  );
}
