import type { ShownTask } from '../../../../api/schemas/task.ts';
import { Panel } from '../../ui/Page.tsx';
import { Time } from '../../ui/Time.tsx';
import { hasEnded } from '../../ui/stateLooks.ts';

interface Step {
  readonly at: number;
  readonly what: string;
}

/** What is known to have happened to a task, in order. */
export function TaskTimeline({ task }: { readonly task: ShownTask }) {
  return (
    <Panel title="Timeline">
      <ol class="timeline">
        {stepsOf(task).map(({ at, what }) => (
          <li key={`${at} ${what}`}>
            <span>{what}</span>
            <span class="faint small">
              <Time at={at} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** The record keeps the start of the last attempt, and the errors of all. */
function stepsOf(task: ShownTask): readonly Step[] {
  const { createdAt, dueAt, startedAt, finishedAt, cancel, errors = [], state, attempt } = task;
  const steps: (Step | undefined)[] = [
    step(createdAt, 'Asked for'),
    state === 'scheduled' ? undefined : step(dueAt, 'Due'),
    ...errors.map((error) => step(error.at, `Attempt ${error.attempt} failed: ${error.name}`)),
    step(startedAt, `Attempt ${attempt} started`),
    step(cancel?.at, `Cancel asked by ${cancel?.by}`),
    hasEnded(state) ? step(finishedAt, `Ended: ${state}`) : undefined,
  ];
  return steps.filter((one) => one !== undefined).toSorted((a, b) => a.at - b.at);
}

function step(at: number | undefined, what: string): Step | undefined {
  return at === undefined ? undefined : { at, what };
}
