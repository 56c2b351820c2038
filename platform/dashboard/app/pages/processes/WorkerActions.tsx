import type { WorkerView } from '../../api/fleet.ts';
import type { Order } from '../../../../signals/index.ts';
import { request } from '../../api/request.ts';
import { useAction } from '../../api/useAction.ts';
import { may } from '../../session/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';

/** Longer than a heartbeat of a local fleet; what has not been heard by then is heard later. */
const WAIT_MS = 3_000;

export function useOrder(worker: string, process?: string) {
  return useAction(async (order: Order) => {
    const path = `/api/workers/${encodeURIComponent(worker)}/orders`;
    const { heard } = await request<{ heard: boolean }>('POST', path, {
      order,
      wait: WAIT_MS,
      ...(process !== undefined && { process }),
    });
    return heard
      ? `${worker} does it.`
      : `${worker} is told, and will hear it with its next heartbeat.`;
  });
}

/** Whether all processes of a worker are told to begin nothing new. */
export function isWorkerPaused({ all }: WorkerView['wanted']): boolean {
  return all.paused?.value === true;
}

export function WorkerActions({
  worker: { name, wanted, processes },
}: {
  readonly worker: WorkerView;
}) {
  const order = useOrder(name);
  const isPaused = isWorkerPaused(wanted);
  const now = processes[0]?.concurrency;
  return (
    <>
      <button
        type="button"
        disabled={order.isBusy}
        onClick={() => void order.run({ kind: isPaused ? 'resume' : 'pause' })}
      >
        {isPaused ? 'Resume' : 'Pause'}
      </button>
      <AskButton
        label="Concurrency"
        title={`Tasks that a process of ${name} runs at once`}
        field="Tasks"
        note="Empty: what the contract says"
        type="number"
        initial={now === undefined ? '' : String(now)}
        canBeEmpty
        onAnswer={(text) =>
          void order.run({ kind: 'concurrency', ...(text !== '' && { concurrency: Number(text) }) })
        }
      />
      <ConfirmButton
        label="Shut down"
        title={`Shut down all processes of ${name}?`}
        typed={name}
        disabled={order.isBusy}
        onConfirm={() => void order.run({ kind: 'shutdown' })}
      >
        They finish what they run, and end. Whatever started them may start them anew.
      </ConfirmButton>
    </>
  );
}

export function ProcessActions({
  worker,
  process,
}: {
  readonly worker: string;
  readonly process: string;
}) {
  const order = useOrder(worker, process);
  if (!may('fleet:operate')) return null;
  return (
    <ConfirmButton
      label="Shut down"
      title="Shut down this process?"
      disabled={order.isBusy}
      onConfirm={() => void order.run({ kind: 'shutdown' })}
    >
      It finishes what it runs, and ends. Whatever started it may start it anew.
    </ConfirmButton>
  );
}
