import type { VNode } from 'preact';

/** A key, a text, or a number, truth or null; whatever is between them stays as it is. */
const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g;

const ARTIFACT = /^"artifact:[^"]+"$/;

/** A JSON value, laid out; references to files lead to them. */
export function Json({ value, label }: { readonly value: unknown; readonly label: string }) {
  return (
    <pre class="json" tabIndex={0} aria-label={label} role="region">
      {coloured(JSON.stringify(value, undefined, 2))}
    </pre>
  );
}

function coloured(text: string): (string | VNode)[] {
  const parts: (string | VNode)[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [all, string, colon = ''] = match;
    parts.push(text.slice(end, match.index), ...token(string ?? all, colon, string !== undefined));
    end = match.index + all.length;
  }
  return [...parts, text.slice(end)];
}

function token(text: string, colon: string, isString: boolean): (string | VNode)[] {
  if (colon !== '') return [<span class="json-key">{text}</span>, colon];
  if (ARTIFACT.test(text)) return [<ArtifactLink reference={JSON.parse(text) as string} />];
  return [<span class={isString ? 'json-string' : 'json-other'}>{text}</span>];
}

/** A stored file by its reference: the API leads to it. */
export function ArtifactLink({ reference }: { readonly reference: string }) {
  return (
    <a href={`/api/artifacts/${encodeURIComponent(reference)}`} target="_blank" rel="noopener">
      {reference}
    </a>
  );
}
