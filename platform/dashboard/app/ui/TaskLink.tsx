import type { ShownTask } from '../../../api/schemas/task.ts';

/** A task by its id, shortened where the list says its name. */
export function TaskLink({ id, text }: { readonly id: ShownTask['id']; readonly text?: string }) {
  return (
    <a class="id" href={`/tasks/${encodeURIComponent(id)}`} title={id}>
      {text ?? shortId(id)}
    </a>
  );
}

/** The last of an id's digits are its random ones. */
export function shortId(id: string): string {
  return id.length > 20 ? `${id.slice(0, id.indexOf('_') + 1)}…${id.slice(-8)}` : id;
}
