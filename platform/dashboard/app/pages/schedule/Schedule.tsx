import { useContracts } from '../../api/useContracts.ts';
import { useAsked } from '../../api/useAsked.ts';
import type { ShownTask } from '../../../../api/schemas/task.ts';
import { query, setQuery } from '../../router.ts';
import { Empty } from '../../ui/Empty.tsx';
import { FilterSelect } from '../../ui/Filter.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { ScheduleForm } from './ScheduleForm.tsx';

/** `?task=`: which; `&again=<id>`: with the input of that one to begin with; `&subject=`: about what. */
export function Schedule() {
  const contracts = useContracts();
  const { task: name, again, subject } = query.value;
  const before = useAsked<ShownTask>(
    again === undefined ? undefined : `/api/tasks/${encodeURIComponent(again)}`,
  );
  const isWaiting = again !== undefined && !before.data && !before.problem;
  return (
    <Page title={again === undefined ? 'Schedule a task' : 'Run again with changes'}>
      <Loaded of={contracts}>
        {(tasks) => {
          const contract = tasks.find((one) => one.name === name);
          return (
            <section class="panel form narrow">
              <FilterSelect
                label="Task"
                value={name}
                none="choose a task …"
                options={tasks.map((one) => one.name)}
                onChange={(task) => setQuery({ task, again: undefined })}
              />
              {!contract && (
                <Empty icon="play" title="Which task is to run?">
                  Its form is made of the schema in its contract.
                </Empty>
              )}
              {contract && !isWaiting && (
                <ScheduleForm
                  key={`${contract.name} ${again}`}
                  contract={contract}
                  before={before.data}
                  subject={subject}
                />
              )}
            </section>
          );
        }}
      </Loaded>
    </Page>
  );
}
