import { connection } from '../live/hub.ts';

const WORDS = {
  connecting: 'connecting',
  live: 'live',
  polling: 'live',
  reconnecting: 'reconnecting …',
} as const;

/** Whether what is shown follows the fleet. Small: an interruption changes nothing else. */
export function ConnectionMark() {
  const state = connection.value;
  return (
    <span class={`connection connection-${state}`} role="status" aria-label="Connection">
      {WORDS[state]}
    </span>
  );
}
