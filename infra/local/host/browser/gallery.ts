import { followAvailability, refreshButtons } from './availability.ts';
import { byId, element, say } from './dom.ts';
import { ask, follow, post } from './live.ts';

interface Photo {
  readonly name: string;
  readonly state?: string;
  readonly error?: string;
  readonly square?: string;
}

followAvailability();

byId('samples', HTMLButtonElement).addEventListener('click', () => {
  void post('/gallery/samples').then((answer) => {
    if (answer.ok) say('Five photos are drawn and put in, one by one.');
    else say(answer.message, true);
  });
});

byId('upload', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void upload([...(byId('files', HTMLInputElement).files ?? [])]);
});

async function upload(files: readonly File[]): Promise<void> {
  for (const file of files) {
    const path = `/gallery/photos?name=${encodeURIComponent(file.name)}`;
    const headers = { 'content-type': file.type || 'application/octet-stream' };
    const answer = await ask(path, { method: 'POST', headers, body: file });
    if (!answer.ok) return say(`${file.name}: ${answer.message}`, true);
    say(`${file.name} is in.`);
  }
}

const list = byId('photos', HTMLUListElement);
const tiles = new Map<string, ReturnType<typeof tile>>();

void follow<{ photos: readonly Photo[] }>(
  () => '/gallery/photos',
  (answer) => {
    if (!answer.ok) return;
    const { photos } = answer.body;
    const names = new Set(photos.map(({ name }) => name));
    for (const [name, { item }] of tiles) {
      if (names.has(name)) continue;
      item.remove();
      tiles.delete(name);
    }
    for (const photo of photos) {
      const known = tiles.get(photo.name) ?? tile(photo.name);
      if (!tiles.has(photo.name)) list.append(known.item);
      tiles.set(photo.name, known);
      known.show(photo);
    }
    byId('none', HTMLElement).hidden = photos.length > 0;
    refreshButtons();
  },
);

function tile(name: string) {
  const picture = element('div', { className: 'waiting' });
  const remove = element('button', { type: 'button', className: 'little' }, 'Delete');
  remove.dataset['schedules'] = '';
  remove.setAttribute('aria-label', `Delete ${name}`);
  remove.addEventListener('click', () => {
    void post('/gallery/removals', { name }).then((answer) => {
      if (answer.ok) say(`${name} is gone, and its thumbnails follow.`);
      else say(answer.message, true);
    });
  });
  const caption = element('figcaption', {}, name, remove);
  const item = element('li', {}, element('figure', {}, picture, caption));
  let shown = '';
  return {
    item,
    show: ({ state = 'queued', error, square }: Photo) => {
      const next = square ?? error ?? state;
      if (next === shown) return;
      shown = next;
      if (square === undefined) return picture.replaceChildren(next);
      const src = `/gallery/pictures?ref=${encodeURIComponent(square)}`;
      picture.replaceChildren(element('img', { src, alt: `Thumbnail of ${name}` }));
    },
  };
}
