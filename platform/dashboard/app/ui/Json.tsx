import type { VNode } from 'preact';
import { ArtifactLink } from './ArtifactLink.tsx';

/** A key, a text, or a number, truth or null; whatever is between them stays as it is. */
const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g;

const ARTIFACT = /^"artifact:[^"]+"$/;

export interface JsonProps {
  readonly value: unknown;
  readonly label: string;
  /** The task that returned it. */
  readonly task?: string;
}

/** A JSON value, laid out; references to files lead to them. */
export function Json({ value, label, task }: JsonProps) {
  return (
    <pre class="json" tabIndex={0} aria-label={label} role="region">
      {coloured(JSON.stringify(value, undefined, 2), task)}
    </pre>
  );
}

function coloured(text: string, task: string | undefined): (string | VNode)[] {
  const parts: (string | VNode)[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [all, string, colon = ''] = match;
    parts.push(text.slice(end, match.index));
    if (ARTIFACT.test(all))
      parts.push(<ArtifactLink reference={JSON.parse(all) as string} task={task} />);
    else parts.push(...token(string ?? all, colon, string !== undefined));
    end = match.index + all.length;
  }
  return [...parts, text.slice(end)];
}

function token(text: string, colon: string, isString: boolean): (string | VNode)[] {
  if (colon !== '') return [<span class="json-key">{text}</span>, colon];
  return [<span class={isString ? 'json-string' : 'json-other'}>{text}</span>];
}
