import type { ShownTask } from '../../../api/schemas/task.ts';
import { Icon, type IconName } from './Icon.tsx';
import { STATE_LOOKS, type Tone } from './stateLooks.ts';

export interface BadgeProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly text: string;
  readonly title?: string | undefined;
}

/** A state: a mark and a word, never a colour alone. */
export function Badge({ tone, icon, text, title }: BadgeProps) {
  return (
    <span class={`badge badge-${tone}`} title={title}>
      <Icon name={icon} />
      {text}
    </span>
  );
}

export function StateBadge({
  task,
}: {
  readonly task: Pick<ShownTask, 'state' | 'lost' | 'cancel'>;
}) {
  if (task.lost) {
    return (
      <Badge
        tone="warn"
        icon="ghost"
        text="lost"
        title="Runs by its record, but its process is silent"
      />
    );
  }
  const { tone, icon } = STATE_LOOKS[task.state];
  const isEnding = task.cancel !== undefined && task.state === 'running';
  return <Badge tone={tone} icon={icon} text={isEnding ? 'cancelling' : task.state} />;
}
