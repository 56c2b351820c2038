import type { ShownTask } from '../../../api/schemas/task.ts';
import type { IconName } from './Icon.tsx';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

export type TaskState = ShownTask['state'];

interface Look {
  readonly tone: Tone;
  readonly icon: IconName;
  /** Whether nothing follows by itself. */
  readonly isEnd: boolean;
}

/** Every state of a task, in the order of its life. */
export const STATE_LOOKS: Readonly<Record<TaskState, Look>> = {
  scheduled: { tone: 'neutral', icon: 'clock', isEnd: false },
  queued: { tone: 'neutral', icon: 'dots', isEnd: false },
  running: { tone: 'accent', icon: 'play', isEnd: false },
  retrying: { tone: 'warn', icon: 'loop', isEnd: false },
  succeeded: { tone: 'good', icon: 'check', isEnd: true },
  failed: { tone: 'bad', icon: 'cross', isEnd: true },
  cancelled: { tone: 'neutral', icon: 'ban', isEnd: true },
  expired: { tone: 'warn', icon: 'hourglass', isEnd: true },
  dead: { tone: 'bad', icon: 'skull', isEnd: true },
};

export function hasEnded(state: TaskState): boolean {
  return STATE_LOOKS[state].isEnd;
}
