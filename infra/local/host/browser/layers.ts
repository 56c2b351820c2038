import { followAvailability, refreshButtons } from './availability.ts';
import { byId, element, say } from './dom.ts';
import { follow, post } from './live.ts';
import { readAlong } from './readAlong.ts';

interface Layer {
  readonly name: string;
  readonly id?: string;
  readonly state?: string;
  readonly indexed?: { readonly revision: string; readonly recipes: number };
}

interface State {
  readonly layers: readonly Layer[];
  readonly all?: { readonly id: string; readonly state: string };
}

followAvailability();

const list = document.getElementById('layers');
if (list) followLayers(list);

function followLayers(list: HTMLElement): void {
  const along = readAlong();
  const update = async (path: string, title: string, body: object) => {
    const answer = await post<{ id: string }>(path, body);
    if (!answer.ok) return say(answer.message, true);
    along.begin(answer.body.id, title);
    say(`${title} is scheduled.`);
  };
  byId('update-all', HTMLButtonElement).addEventListener(
    'click',
    () => void update('/layers/updates-of-all', 'The update of all layers', {}),
  );
  const rows = new Map<string, ReturnType<typeof layerRow>>();
  void follow<State>(
    () => '/layers/state',
    (answer) => {
      if (!answer.ok) return;
      byId('making', HTMLElement).hidden = true;
      for (const layer of answer.body.layers) {
        const row = rows.get(layer.name) ?? layerRow(layer.name, update);
        if (!rows.has(layer.name)) list.append(row.item);
        rows.set(layer.name, row);
        row.show(layer, along.begin);
      }
      refreshButtons();
    },
  );
}

type Update = (path: string, title: string, body: object) => Promise<void>;

function layerRow(name: string, update: Update) {
  const facts = element('div', { className: 'small' });
  const button = element('button', { type: 'button', className: 'little' }, 'Update');
  button.dataset['schedules'] = '';
  button.setAttribute('aria-label', `Update ${name}`);
  button.addEventListener(
    'click',
    () => void update('/layers/updates', `The update of ${name}`, { name }),
  );
  const change = element('button', { type: 'button', className: 'little' }, 'Change');
  change.setAttribute('aria-label', `Commit a change to ${name}`);
  change.addEventListener('click', () => {
    void post('/layers/changes', { name }).then((answer) => {
      if (answer.ok) say(`Somebody has committed to ${name}.`);
      else say(answer.message, true);
    });
  });
  const read = element('button', { type: 'button', className: 'little', hidden: true }, 'Log');
  read.setAttribute('aria-label', `Read the log of ${name}`);
  const actions = element('div', { className: 'actions' }, read, change, button);
  const item = element('li', {}, element('div', {}, element('strong', {}, name), facts), actions);
  return {
    item,
    show: ({ id, state, indexed }: Layer, begin: (id: string, title: string) => void) => {
      const known = indexed
        ? `${indexed.recipes} recipes at ${indexed.revision.slice(0, 8)}`
        : 'not indexed yet';
      facts.textContent = state === undefined ? known : `${known} · ${state}`;
      read.hidden = id === undefined;
      read.onclick = () => id !== undefined && begin(id, `The update of ${name}`);
    },
  };
}
