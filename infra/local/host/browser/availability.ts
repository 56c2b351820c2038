import { byId, say } from './dom.ts';
import { type Answer, follow, post } from './live.ts';

type BrokerState = 'running' | 'stopping' | 'stopped' | 'starting';

interface State {
  readonly broker: BrokerState;
  readonly availability:
    | { readonly available: true }
    | { readonly available: false; readonly reason: string };
}

const SAYS: Readonly<Record<BrokerState, string>> = {
  running: 'Running: tasks are taken.',
  stopping: 'Stopping …',
  stopped: 'Stopped: topic, queues and files are away, and nothing else is.',
  starting: 'Starting: what was in its queues is still there.',
};

let isAvailable = true;

/** Whether tasks are taken, as far as this page knows. */
export const takesTasks = (): boolean => isAvailable;

/** Makes the buttons that schedule follow the fleet: those with `data-schedules`, also ones that come later. */
export function followAvailability(): void {
  const broker = byId('broker', HTMLButtonElement);
  let state: BrokerState = 'running';
  broker.addEventListener('click', () => {
    broker.disabled = true;
    const wanted = state === 'stopped' ? 'running' : 'stopped';
    void post<State>('/broker', { wanted }).then((answer) => {
      if (!answer.ok) say(answer.message, true);
    });
  });
  void follow<State>(
    () => '/state',
    (answer) => {
      if (answer.ok) ({ broker: state } = answer.body);
      showBroker(broker, answer.ok ? state : undefined);
      showAvailability(answer);
    },
  );
}

function showBroker(button: HTMLButtonElement, state: BrokerState | undefined): void {
  const text = state === undefined ? 'Not known.' : SAYS[state];
  const line = byId('broker-state', HTMLElement);
  // Written only when it changes: it is read out.
  if (line.textContent !== text) line.textContent = text;
  button.textContent = state === 'stopped' ? 'Start the broker again' : 'Stop the broker';
  button.disabled = state !== 'running' && state !== 'stopped';
}

function showAvailability(answer: Answer<State>): void {
  const reason = reasonOf(answer);
  isAvailable = reason === undefined;
  const outage = byId('outage', HTMLElement);
  const text = reason === undefined ? '' : `Temporarily unavailable, try again later: ${reason}`;
  if (outage.textContent !== text) outage.textContent = text;
  outage.hidden = isAvailable;
  refreshButtons();
}

function reasonOf(answer: Answer<State>): string | undefined {
  if (!answer.ok) return answer.message;
  return answer.body.availability.available ? undefined : answer.body.availability.reason;
}

/** Grey, with the reason, while no task is taken. */
export function refreshButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-schedules]')) {
    button.disabled = !isAvailable;
    if (isAvailable) button.removeAttribute('aria-describedby');
    else button.setAttribute('aria-describedby', 'outage');
    button.title = isAvailable ? '' : 'Temporarily unavailable, try again later';
  }
}
