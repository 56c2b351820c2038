import { type Asked, useAsked } from '../../api/useAsked.ts';
import { withQuery } from '../../api/request.ts';
import { currentTime } from '../../ui/now.ts';

interface Distribution {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

interface Figures {
  readonly ended: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly dead: number;
  readonly run: Distribution;
  readonly wait: Distribution;
}

export interface TaskStatistics {
  readonly task: string;
  readonly total: Figures;
  readonly points: readonly (Figures & { readonly at: number })[];
}

export interface Statistics {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
  readonly tasks: readonly TaskStatistics[];
}

/** How far back the graphs look; each has about a hundred points. */
export const WINDOWS = {
  '1h': { ms: 3_600_000, stepMs: 60_000, title: '1 hour' },
  '6h': { ms: 21_600_000, stepMs: 300_000, title: '6 hours' },
  '1d': { ms: 86_400_000, stepMs: 900_000, title: '1 day' },
  '7d': { ms: 604_800_000, stepMs: 3_600_000, title: '7 days' },
} as const;

export type WindowName = keyof typeof WINDOWS;

export const REFRESH_MS = 10_000;

/** A time that ends now, in whole steps. */
export function boundsOf(window: WindowName): Readonly<Record<'from' | 'to' | 'step', number>> {
  const { ms, stepMs } = WINDOWS[window];
  const to = Math.ceil(currentTime() / stepMs) * stepMs;
  return { from: to - ms, to, step: stepMs };
}

/** What became of tasks in a time that ends now, asked for again every ten seconds. */
export function useStatistics(window: WindowName, task: string | undefined): Asked<Statistics> {
  const path = withQuery('/api/statistics', { ...boundsOf(window), task });
  return useAsked<Statistics>(path, REFRESH_MS);
}
