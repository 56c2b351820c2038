import type { Availability } from '@taskfleet/toolbox/breaker';
import { useLive } from './useLive.ts';

/** Whether tasks can be scheduled at present; undefined until that is known. */
export function useAvailability(): Availability | undefined {
  return useLive('availability').data;
}
