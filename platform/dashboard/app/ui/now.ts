import { signal } from '@preact/signals';

/** The one place that reads the clock. Milliseconds since 1970. */
export function currentTime(): number {
  return new Date().getTime();
}

/** Each second anew, so that relative times go on. */
export const now = signal(currentTime());

setInterval(() => {
  now.value = currentTime();
}, 1_000);
