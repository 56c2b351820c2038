import type { Control, Wanted } from './control.ts';

/** A process as its orders see it. */
export interface Addressee {
  readonly id: string;
  /** Of what it was told first: a shutdown that was asked for before it began is not meant for it. */
  readonly bornAt: number;
}

/** What is wanted of one process; what nobody has an opinion on is left out. */
export interface WantedState {
  readonly paused: boolean;
  readonly concurrency?: number;
  /** Who wants the process to end. */
  readonly shutdownBy?: string;
}

/** What one process is told: of an order to it and one to all, the one to it counts. Pure. */
export function wantedOf(control: Control, { id, bornAt }: Addressee): WantedState {
  const wanted: Wanted = { ...control.wanted, ...control.processes?.[id] };
  const { paused, concurrency, shutdown } = wanted;
  return {
    paused: paused?.value ?? false,
    ...(concurrency && { concurrency: concurrency.value }),
    ...(shutdown && shutdown.revision > bornAt && { shutdownBy: shutdown.by }),
  };
}
