import type { ShownTask } from '../../../../api/schemas/task.ts';
import { request } from '../../api/request.ts';
import { useAction } from '../../api/useAction.ts';
import { useAvailability } from '../../live/useAvailability.ts';
import { navigate } from '../../router.ts';
import { may } from '../../session/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { hasEnded } from '../../ui/stateLooks.ts';
import { retryTask } from './retryTask.ts';

/** What can be done with a task in its state. */
export function TaskActions({ task }: { readonly task: ShownTask }) {
  const { id, state, task: name } = task;
  if (!may('tasks:change')) return null;
  const isOver = hasEnded(state);
  return (
    <>
      {!isOver && <CancelButton id={id} isAsked={task.cancel !== undefined} />}
      {state === 'scheduled' && <RescheduleButton id={id} />}
      {isOver && may('tasks:schedule') && <RetryButton id={id} />}
      {name !== undefined && may('tasks:schedule') && (
        <a
          class="button"
          href={`/schedule?task=${encodeURIComponent(name)}&again=${encodeURIComponent(id)}`}
        >
          Run again with changes
        </a>
      )}
    </>
  );
}

export function CancelButton({ id, isAsked }: { readonly id: string; readonly isAsked: boolean }) {
  const cancel = useAction(async () => {
    const { became } = await request<{ became: string }>(
      'POST',
      `/api/tasks/${encodeURIComponent(id)}/cancel`,
      {},
    );
    return became === 'cancelled' ? 'Cancelled.' : 'The task is asked to stop.';
  });
  return (
    <button
      type="button"
      class="danger"
      disabled={cancel.isBusy || isAsked}
      onClick={() => void cancel.run()}
    >
      {isAsked ? 'Stopping …' : 'Cancel task'}
    </button>
  );
}

/** `goesThere`: the page of the new task is opened. */
export function RetryButton({
  id,
  goesThere = true,
}: {
  readonly id: string;
  readonly goesThere?: boolean;
}) {
  const isAway = useAvailability()?.available === false;
  const retry = useAction(async () => {
    const made = await retryTask(id);
    if (goesThere) navigate(`/tasks/${encodeURIComponent(made)}`);
    return 'Scheduled again, with the same input.';
  });
  return (
    <button
      type="button"
      class={goesThere ? 'primary' : undefined}
      disabled={retry.isBusy || isAway}
      title={isAway ? 'Temporarily unavailable, try again later' : undefined}
      onClick={() => void retry.run()}
    >
      Retry
    </button>
  );
}

function RescheduleButton({ id }: { readonly id: string }) {
  const reschedule = useAction(async (delay: string) => {
    await request('POST', `/api/tasks/${encodeURIComponent(id)}/reschedule`, { delay });
    return `It is due in ${delay} from now.`;
  });
  return (
    <AskButton
      label="Reschedule"
      title="When is it due instead?"
      field="Delay from now"
      note="Such as 90s, 15m or 2h; 0s is at once"
      initial="10m"
      onAnswer={(delay) => void reschedule.run(delay)}
    />
  );
}
