import { request, withQuery } from '../api/request.ts';
import { useAction } from '../api/useAction.ts';
import { credentials } from '../session/credentials.ts';

export interface ArtifactLinkProps {
  /** Such as `artifact:uploads/photo.jpg`. */
  readonly reference: string;
  /** The task that returned it. */
  readonly task: string | undefined;
  readonly text?: string;
}

/** A stored file by its reference: the API leads to it. */
export function ArtifactLink({ reference, task, text = reference }: ArtifactLinkProps) {
  const path = `/api/artifacts/${encodeURIComponent(reference)}`;
  const open = useAction(async () => {
    const { url } = await request<{ url: string }>(
      'GET',
      withQuery(path, { task, redirect: 'false' }),
    );
    openElsewhere(url);
    return undefined;
  });
  return (
    <a
      href={withQuery(path, { task })}
      target="_blank"
      rel="noopener"
      title={reference}
      onClick={(event) => {
        // A link that is followed carries no credentials.
        if (credentials.value === undefined) return;
        event.preventDefault();
        void open.run();
      }}
    >
      {text}
    </a>
  );
}

function openElsewhere(url: string): void {
  const link = Object.assign(document.createElement('a'), {
    href: url,
    target: '_blank',
    rel: 'noopener',
  });
  link.click();
}
