import { followAvailability } from './availability.ts';
import { byId, element, say } from './dom.ts';
import { follow, post } from './live.ts';

interface Export {
  readonly id: string;
  readonly state: string;
  readonly createdAt?: number;
  readonly output?: { readonly links?: readonly { readonly text: string; readonly url: string }[] };
  readonly error?: { readonly message: string };
}

followAvailability();

const form = byId('export', HTMLFormElement);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void post<{ id: string }>('/project/exports', Object.fromEntries(new FormData(form))).then(
    (answer) => {
      if (answer.ok) say('The export is on its way.');
      else say(answer.message, true);
    },
  );
});

const list = byId('exports', HTMLUListElement);
let shown = '';

void follow<{ exports: readonly Export[] }>(
  () => '/project/exports',
  (answer) => {
    if (!answer.ok) return;
    const found = JSON.stringify(answer.body.exports);
    // Drawn anew only when something has changed: a link that has the focus keeps it.
    if (found === shown) return;
    shown = found;
    list.replaceChildren(...answer.body.exports.map(row));
  },
);

function row({ state, createdAt, output, error }: Export): HTMLLIElement {
  const at = createdAt === undefined ? '' : new Date(createdAt).toLocaleTimeString();
  const about = element('span', { className: 'small' }, `${at} · ${error?.message ?? state}`);
  const links = (output?.links ?? []).map(({ text, url }) => element('a', { href: url }, text));
  return element('li', {}, about, element('span', { className: 'actions' }, ...links));
}
