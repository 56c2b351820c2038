import { styleText } from 'node:util';
import type { TaskState } from '@taskfleet/toolbox/contract';
import type { SeenTask } from '../../signals/index.ts';
import type { Output } from '../deps.ts';

type Style = Parameters<typeof styleText>[0];

/** The text in a style, where the stream is a terminal and NO_COLOR is not set. */
export function paint(stream: Output, style: Style, text: string): string {
  return styleText(style, text, { stream, validateStream: true });
}

const STATE_STYLES = {
  scheduled: 'dim',
  queued: 'dim',
  running: 'cyan',
  retrying: 'yellow',
  succeeded: 'green',
  failed: 'red',
  cancelled: 'magenta',
  expired: 'magenta',
  dead: 'red',
} as const satisfies Record<TaskState, Style>;

/** What is shown in place of a task's state. */
export function stateText({ state, lost }: Pick<SeenTask, 'state' | 'lost'>): string {
  return lost ? `${state} (lost)` : state;
}

export function paintState(stream: Output, state: TaskState, text: string = state): string {
  return paint(stream, STATE_STYLES[state], text);
}
