import { QUEUE_RETENTION_DAYS } from '@taskfleet/toolbox/contract';
import type { Directions } from './compareSchemas.ts';
import type { Options } from './description.ts';

/** An input is written by schedulers, waits in queues and schedules, and is read by workers. */
export const INPUT: Directions = [
  {
    writer: 'before',
    verdict: 'breaking',
    consequence: (which) => `tasks in queues or schedules ${which} will fail`,
    advice: `Keep taking both for as long as tasks live (${QUEUE_RETENTION_DAYS} days, and longer in schedules), or make a new task name`,
    adviceForMissing: 'Give it a default or make it optional, or make a new task name',
  },
  {
    writer: 'after',
    verdict: 'careful',
    consequence: (which) => `a worker with the contract before fails tasks ${which}`,
    advice: 'Deploy the workers before what schedules such tasks',
  },
];

const DAY_MS = 86_400_000;

/**
 * An output is written by workers, is kept in records, and is read by whoever asks. Both directions break: of who reads, the fleet
 * knows nothing, and a record is read for as long as it is kept.
 */
export function outputDirections({ retentionMs }: Options): Directions {
  const days = Math.ceil(Number(retentionMs) / DAY_MS);
  return [
    {
      writer: 'after',
      verdict: 'breaking',
      consequence: (which) => `whoever reads with the contract before refuses outputs ${which}`,
      advice: 'Deploy all that reads it before the workers, or make a new task name',
      adviceForMissing: 'Go on returning it until all that reads it has the new contract',
    },
    {
      writer: 'before',
      verdict: 'breaking',
      consequence: (which) => `outputs of before ${which} are refused when somebody reads them`,
      advice: `Keep taking both for as long as records are kept (${days} days), or make a new task name`,
      adviceForMissing: `Give it a default or make it optional for as long as records are kept (${days} days)`,
    },
  ];
}
