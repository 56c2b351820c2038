import { useState } from 'preact/hooks';
import type { ShownTask } from '../../../../api/schemas/task.ts';
import { useAsked } from '../../api/useAsked.ts';
import { Json } from '../../ui/Json.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Page.tsx';

/** What a task returned; a large output when it is asked for. */
export function TaskOutput({ task }: { readonly task: ShownTask }) {
  return (
    <Panel title="Output">
      <Output task={task} />
    </Panel>
  );
}

function Output({ task: { id, output, outputBytes, state } }: { readonly task: ShownTask }) {
  if (output !== undefined) return <Json value={output} label="Output" />;
  if (outputBytes !== undefined) return <LargeOutput id={id} bytes={outputBytes} />;
  return <p class="faint">{state === 'succeeded' ? 'None was kept.' : 'None yet.'}</p>;
}

function LargeOutput({ id, bytes }: { readonly id: string; readonly bytes: number }) {
  const [isWanted, setWanted] = useState(false);
  const path = `/api/tasks/${encodeURIComponent(id)}/output`;
  const asked = useAsked<{ readonly output: unknown }>(isWanted ? path : undefined);
  if (isWanted)
    return <Loaded of={asked}>{({ output }) => <Json value={output} label="Output" />}</Loaded>;
  return (
    <button type="button" onClick={() => setWanted(true)}>
      Show {bytes.toLocaleString()} bytes
    </button>
  );
}
