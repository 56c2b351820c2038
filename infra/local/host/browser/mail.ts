import { followAvailability, takesTasks } from './availability.ts';
import { byId, element, say } from './dom.ts';
import { follow, post } from './live.ts';

interface Letter {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly at: number;
  readonly hasHtml: boolean;
}

followAvailability();

const form = byId('announcement', HTMLFormElement);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send(Object.fromEntries(new FormData(form)));
});

async function send(announcement: object): Promise<void> {
  const answer = await post<{ id: string }>('/mail/messages', announcement);
  if (!answer.ok) return say(answer.message, true);
  say(
    takesTasks()
      ? 'It is on its way.'
      : 'It is taken, and goes out when the broker is back: the table keeps it until then.',
  );
}

const letters = byId('letters', HTMLUListElement);
let known: readonly string[] = [];

void follow<{ letters: readonly Letter[] }>(
  () => '/mail/messages',
  (answer) => {
    if (!answer.ok) return;
    const found = answer.body.letters;
    const ids = found.map(({ id }) => id);
    // Drawn anew only when something has come: what has the focus keeps it.
    if (ids.join() === known.join()) return;
    known = ids;
    byId('none', HTMLElement).hidden = found.length > 0;
    letters.replaceChildren(...found.map(row));
  },
);

function row(letter: Letter): HTMLLIElement {
  const open = element('button', { type: 'button', className: 'little' }, 'Read');
  open.setAttribute('aria-label', `Read "${letter.subject}"`);
  open.addEventListener('click', () => show(letter));
  const facts = `to ${letter.to.join(', ')} · ${new Date(letter.at).toLocaleTimeString()}`;
  const about = element('div', {}, letter.subject, element('div', { className: 'small' }, facts));
  return element('li', {}, about, open);
}

function show({ id, from, to, subject, text, at, hasHtml }: Letter): void {
  byId('letter', HTMLElement).hidden = false;
  const heading = byId('letter-subject', HTMLElement);
  heading.textContent = subject;
  const facts = `From ${from} to ${to.join(', ')}, ${new Date(at).toLocaleString()}`;
  byId('letter-facts', HTMLElement).textContent = facts;
  byId('letter-text', HTMLElement).textContent = text;
  const frame = byId('letter-html', HTMLIFrameElement);
  frame.hidden = !hasHtml;
  if (hasHtml) frame.src = `/mail/messages/${encodeURIComponent(id)}/html`;
  heading.focus();
}
