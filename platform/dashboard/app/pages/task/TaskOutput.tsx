import { useState } from 'preact/hooks';
import type { ShownTask } from '../../../../api/schemas/task.ts';
import { useAsked } from '../../api/useAsked.ts';
import { Json } from '../../ui/Json.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Page.tsx';
import { hasEnded, type TaskState } from '../../ui/stateLooks.ts';

/** What a task returned; a large output when it is asked for. */
export function TaskOutput({ task }: { readonly task: ShownTask }) {
  return (
    <Panel title="Output">
      <Output task={task} />
    </Panel>
  );
}

function Output({ task: { id, output, outputBytes, state } }: { readonly task: ShownTask }) {
  if (output !== undefined) return <Json value={output} label="Output" task={id} />;
  if (outputBytes !== undefined) return <LargeOutput id={id} bytes={outputBytes} />;
  return <p class="faint">{absent(state)}</p>;
}

function LargeOutput({ id, bytes }: { readonly id: string; readonly bytes: number }) {
  const [isWanted, setWanted] = useState(false);
  const path = `/api/tasks/${encodeURIComponent(id)}/output`;
  const asked = useAsked<{ readonly output: unknown }>(isWanted ? path : undefined);
  if (isWanted)
    return (
      <Loaded of={asked}>{({ output }) => <Json value={output} label="Output" task={id} />}</Loaded>
    );
  return (
    <button type="button" onClick={() => setWanted(true)}>
      Show {bytes.toLocaleString()} bytes
    </button>
  );
}

function absent(state: TaskState): string {
  if (state === 'succeeded') return 'None was kept.';
  return hasEnded(state) ? 'None.' : 'None yet.';
}
