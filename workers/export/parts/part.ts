import type { OutputOf, ParsedInputOf } from '@taskfleet/toolbox/contract';
import type { exportPart } from '../contract.ts';
import type { Source } from '../source/openSource.ts';
import type { Scratch } from '../spool/scratch.ts';
import type { PartFolder } from './partFolder.ts';

export type PartName = ParsedInputOf<typeof exportPart>['part'];

/** What a part is made of, and with. */
export interface PartTools {
  readonly project: string;
  readonly source: Source;
  readonly scratch: Scratch;
  readonly folder: PartFolder;
  readonly signal: AbortSignal;
  /** How far the part is, from 0 to 1, and with what. */
  progress(fraction: number, note: string): void;
}

/** Makes the files of a part. */
export type MakePart = (
  tools: PartTools,
) => Promise<Pick<OutputOf<typeof exportPart>, 'rows' | 'notes'>>;

/** `3,000 of 5,000`. */
export function amount(done: number, of: number): string {
  return `${done.toLocaleString('en')} of ${of.toLocaleString('en')}`;
}
