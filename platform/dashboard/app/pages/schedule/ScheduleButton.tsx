import type { ComponentChildren } from 'preact';
import { useAvailability } from '../../live/useAvailability.ts';

export interface ScheduleButtonProps {
  readonly isBusy: boolean;
  readonly children: ComponentChildren;
}

/** Greyed out, with the reason, while nothing can be scheduled. */
export function ScheduleButton({ isBusy, children }: ScheduleButtonProps) {
  const availability = useAvailability();
  const isAway = availability?.available === false;
  return (
    <div class="actions">
      <button
        type="submit"
        class="primary"
        disabled={isBusy || isAway}
        aria-describedby="availability"
      >
        Schedule
      </button>
      {children}
      <span id="availability" class="small faint" aria-live="polite">
        {isAway && `Temporarily unavailable, try again later: ${availability.reason}`}
      </span>
    </div>
  );
}
