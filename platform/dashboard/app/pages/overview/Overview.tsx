import { useContracts } from '../../api/useContracts.ts';
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
    <Page title="Overview" actions={<Choices window={window} task={task} />}>
      <FleetFigures statistics={statistics.data} window={window} />
      <div class="halves">
        <Loaded of={statistics}>{(data) => <TaskCharts statistics={data} task={task} />}</Loaded>
        <QueueCharts {...{ window, task }} />
      </div>
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

interface ChoicesProps {
  readonly window: WindowName;
  readonly task: string | undefined;
}

function Choices({ window, task }: ChoicesProps) {
  const { data: contracts = [] } = useContracts();
  return (
    <>
      <FilterSelect
        label="Task"
        none="all"
        value={task}
        options={contracts.map(({ name }) => name)}
        onChange={(name) => setQuery({ task: name })}
      />
      <FilterSelect
        label="Time"
        none="1h"
        value={window === '1h' ? '' : window}
        options={Object.keys(WINDOWS).filter((name) => name !== '1h')}
        onChange={(value) => setQuery({ window: value })}
      />
    </>
  );
}
