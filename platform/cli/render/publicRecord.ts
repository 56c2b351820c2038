import type { TaskRecord } from '@taskfleet/toolbox/contract';

/** A record for programs: of large values their sizes, and not where they are, which is the store's own affair. */
export type PublicRecord = Omit<TaskRecord, 'inputAt' | 'outputAt'>;

export function publicRecord(record: TaskRecord): PublicRecord {
  const { inputAt: _inputAt, outputAt: _outputAt, ...shown } = record;
  return shown;
}
