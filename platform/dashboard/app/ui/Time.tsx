import { Nothing } from './Nothing.tsx';
import { now } from './now.ts';

const STEPS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' });

/** An instant, relative to now; the exact one on top of it. */
export function Time({ at }: { readonly at: number | undefined }) {
  if (at === undefined) return <Nothing />;
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()}>
      {relativeText(at - now.value)}
    </time>
  );
}

function relativeText(ms: number): string {
  const { unit, ms: length } = STEPS.find((step) => Math.abs(ms) >= step.ms) ?? STEPS[3];
  return relative.format(Math.trunc(ms / length), unit);
}

/** How long something took, such as `1.2 s`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.round((ms % 60_000) / 1_000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Between two instants; of what goes on, until now. */
export function Duration({
  from,
  to,
}: {
  readonly from: number | undefined;
  readonly to?: number | undefined;
}) {
  if (from === undefined) return <Nothing />;
  return <span>{durationText(Math.max(0, (to ?? now.value) - from))}</span>;
}
