import { useState } from 'preact/hooks';
import type { DeadLetter } from '../api/fleet.ts';
import { useAsked } from '../api/useAsked.ts';
import { Json } from '../ui/Json.tsx';
import { Loaded } from '../ui/Loaded.tsx';

/** The reason of a letter, and how its message begins when that cannot be read; else the page of its task has what was in it. */
export function LetterMessage({ letter: { id, task, reason } }: { readonly letter: DeadLetter }) {
  const [isOpen, setOpen] = useState(false);
  const path = `/api/dead-letters/${encodeURIComponent(id)}`;
  const asked = useAsked<{ readonly body?: string }>(isOpen ? path : undefined);
  if (task !== undefined) return <>{reason}</>;
  return (
    <>
      {reason}
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Message</summary>
        {isOpen && <Loaded of={asked}>{({ body }) => <Body body={body} />}</Loaded>}
      </details>
    </>
  );
}

function Body({ body }: { readonly body: string | undefined }) {
  if (body === undefined) return <p class="faint">It is not for you to see, or gone.</p>;
  return <Json value={parsed(body)} label="Message" />;
}

/** It may be anything: that may be why it died. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
