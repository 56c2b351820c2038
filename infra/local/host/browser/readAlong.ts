import { byId, element, say } from './dom.ts';
import { follow, post } from './live.ts';

interface Told {
  readonly task: {
    readonly state: string;
    readonly progress?: { readonly fraction: number; readonly note?: string };
    readonly error?: { readonly message: string };
  };
  readonly log: {
    readonly cursor: string;
    readonly lines: readonly {
      readonly at: number;
      readonly level: string;
      readonly message: string;
      readonly fields?: object;
    }[];
  };
}

const ENDED = new Set(['succeeded', 'failed', 'cancelled', 'expired', 'dead']);

/** Follows one task at a time: how far it is, and what it says. */
export function readAlong() {
  const log = byId('log', HTMLElement);
  const progress = byId('task-progress', HTMLProgressElement);
  const stop = byId('stop', HTMLButtonElement);
  let id: string | undefined;
  let cursor: string | undefined;

  const path = () => {
    if (id === undefined) return undefined;
    const after = cursor === undefined ? '' : `?after=${encodeURIComponent(cursor)}`;
    return `/layers/tasks/${encodeURIComponent(id)}${after}`;
  };
  void follow<Told>(path, (answer) => {
    if (!answer.ok) return;
    const { task, log: page } = answer.body;
    cursor = page.cursor;
    log.append(...page.lines.map(line));
    if (page.lines.length > 0) log.scrollTop = log.scrollHeight;
    const hasEnded = ENDED.has(task.state);
    progress.hidden = false;
    progress.value = task.state === 'succeeded' ? 1 : (task.progress?.fraction ?? 0);
    showState(task);
    stop.disabled = hasEnded;
    if (!hasEnded) return;
    // Nothing more comes.
    if (log.childElementCount === 0) log.append(element('p', { className: 'small' }, NOTHING));
    id = undefined;
  });
  stop.addEventListener('click', () => {
    if (id === undefined) return;
    void post(`/layers/tasks/${encodeURIComponent(id)}/stop`).then((answer) => {
      if (answer.ok) say('It is told to stop.');
      else say(answer.message, true);
    });
  });
  return {
    begin: (task: string, title: string) => {
      [id, cursor] = [task, undefined];
      byId('task-title', HTMLElement).textContent = title;
      log.replaceChildren();
    },
  };
}

const NOTHING = 'It was done within seconds, and so has left no log.';

function showState({ state, progress, error }: Told['task']): void {
  const note = error?.message ?? progress?.note;
  const text = note === undefined ? state : `${state}: ${note}`;
  const line = byId('task-state', HTMLElement);
  if (line.textContent !== text) line.textContent = text;
}

function line({ at, level, message, fields }: Told['log']['lines'][number]): HTMLParagraphElement {
  const time = new Date(at).toLocaleTimeString();
  const more = fields === undefined ? '' : ` ${JSON.stringify(fields)}`;
  return element('p', level === 'error' ? { className: 'bad' } : {}, `${time} ${message}${more}`);
}
