import type { Clock } from '../clock.ts';
import { MISSED_AFTER_MS, type PeriodicTask } from '../contract/index.ts';
import { Lanes } from './lanes.ts';
import { type Prepared, prepare } from './prepare.ts';

/**
 * A firing, ready to be published. It was created when it was due; one that is made up for later is of that moment, from which its record's
 * time counts. Throws ValidationError when the input does not fit the task any more.
 */
export function buildFiring(
  { name, task, input, creator, subject, expires }: PeriodicTask,
  at: number,
  clock: Pick<Clock, 'now' | 'random' | 'randomBytes'>,
): Prepared {
  const now = clock.now();
  const createdAt = now - at > MISSED_AFTER_MS ? now : at;
  return prepare({
    task,
    input,
    options: {
      ...(creator !== undefined && { creator }),
      ...(subject !== undefined && { subject }),
      ...(expires !== undefined && { expires }),
    },
    origin: undefined,
    firing: { name, at },
    lanes: new Lanes(clock),
    clock: { ...clock, now: () => createdAt },
  });
}
