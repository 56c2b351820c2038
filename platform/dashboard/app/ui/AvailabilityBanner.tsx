import { useAvailability } from '../live/useAvailability.ts';
import { Icon } from './Icon.tsx';
import { Time } from './Time.tsx';

/** On every page while nothing can be scheduled. */
export function AvailabilityBanner() {
  const availability = useAvailability();
  return (
    <div aria-live="polite">
      {availability !== undefined && !availability.available && (
        <div class="banner">
          <Icon name="alert" />
          <div>
            <strong>Scheduling is temporarily unavailable, try again later.</strong>{' '}
            {availability.reason} Since <Time at={availability.since} />. Tasks that are under way
            go on; it opens by itself.
          </div>
        </div>
      )}
    </div>
  );
}
