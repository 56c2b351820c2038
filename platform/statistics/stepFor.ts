import { GRAINS } from '@taskfleet/toolbox/statistics';

/** As far back as hours are kept. */
export const LONGEST_WINDOW_MS: number = GRAINS.hour.keptMs;

const MINUTE_MS = GRAINS.minute.lengthMs;
const HOUR_MS = GRAINS.hour.lengthMs;

/** From an hour on hours are read, so that no window takes more than some hundred periods of either kind. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 15].map((minutes) => minutes * MINUTE_MS),
  ...[1, 3, 6, 12, 24, 72].map((hours) => hours * HOUR_MS),
];

/** Enough for the shape of a day, few enough for a line of a terminal. */
const MOST_STEPS = 31;

/** The shortest step that divides a time into few enough points for a graph. */
export function stepFor(windowMs: number): number {
  const step = STEPS_MS.find((stepMs) => windowMs <= stepMs * MOST_STEPS);
  return step ?? Math.max(...STEPS_MS);
}
