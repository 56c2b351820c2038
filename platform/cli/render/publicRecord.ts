import type { SeenTask } from '../../signals/index.ts';

/** A record for programs: of large values their sizes, and not where they are, which is the store's own affair. */
export type PublicRecord = Omit<SeenTask, 'inputAt' | 'outputAt'>;

export function publicRecord(record: SeenTask): PublicRecord {
  const { inputAt: _inputAt, outputAt: _outputAt, ...shown } = record;
  return shown;
}
