import type { styleText } from 'node:util';
import type { WorkerProcess } from '../../signals/index.ts';
import type { Output } from '../deps.ts';
import { paint } from './paint.ts';

const STYLES = {
  running: 'green',
  paused: 'yellow',
  stopping: 'dim',
  lost: 'red',
} as const satisfies Record<WorkerProcess['state'] | 'lost', Parameters<typeof styleText>[0]>;

/** What a process does, as far as it is heard. */
export function processState({ state, lost }: Pick<WorkerProcess, 'state' | 'lost'>) {
  return lost ? 'lost' : state;
}

export function paintProcess(
  stream: Output,
  process: Pick<WorkerProcess, 'state' | 'lost'>,
  text: string = processState(process),
): string {
  return paint(stream, STYLES[processState(process)], text);
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
