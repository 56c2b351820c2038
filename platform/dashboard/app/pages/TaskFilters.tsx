import { useContracts } from '../api/useContracts.ts';
import { query, setQuery } from '../router.ts';
import { FilterSelect, FilterText } from '../ui/Filter.tsx';
import { STATE_LOOKS } from '../ui/stateLooks.ts';

/** What the list is narrowed to: all of it in the address, so that it can be passed on. */
export function TaskFilters() {
  const { data: tasks = [] } = useContracts();
  const { state, lost, worker, task, creator, subject, from, to } = query.value;
  const workers = [...new Set(tasks.map((one) => one.worker))];
  const names = tasks.filter((one) => !worker || one.worker === worker).map(({ name }) => name);
  return (
    <search class="filters">
      <FilterSelect
        label="State"
        value={lost === 'true' ? 'lost' : state}
        options={[...Object.keys(STATE_LOOKS), 'lost']}
        onChange={(value) =>
          setQuery({
            state: value === 'lost' ? undefined : value,
            lost: value === 'lost' ? 'true' : undefined,
            cursor: undefined,
          })
        }
      />
      <FilterSelect label="Worker" value={worker} options={workers} onChange={change('worker')} />
      <FilterSelect label="Task" value={task} options={names} onChange={change('task')} />
      <FilterText label="Creator" value={creator} onChange={change('creator')} />
      <FilterText
        label="Subject"
        value={subject}
        placeholder="project/1"
        onChange={change('subject')}
      />
      <FilterText
        label="From"
        type="datetime-local"
        value={localText(from)}
        onChange={(text) => change('from')(instantOf(text))}
      />
      <FilterText
        label="To"
        type="datetime-local"
        value={localText(to)}
        onChange={(text) => change('to')(instantOf(text))}
      />
    </search>
  );
}

/** Begins at the first page again. */
function change(name: string): (value: string) => void {
  return (value) => setQuery({ [name]: value, cursor: undefined });
}

/** Milliseconds in the address, the person's own time in the field. */
function localText(ms: string | undefined): string | undefined {
  if (ms === undefined) return undefined;
  const date = new Date(Number(ms));
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function instantOf(text: string): string {
  return text === '' ? '' : String(new Date(text).getTime());
}
