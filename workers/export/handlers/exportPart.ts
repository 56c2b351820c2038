import { type Handler, NonRetryableError, RetryAfter } from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';
import { makeResources } from '../parts/makeResources.ts';
import { makeShapefiles } from '../parts/makeShapefiles.ts';
import { makeWorkbook } from '../parts/makeWorkbook.ts';
import type { MakePart, PartName } from '../parts/part.ts';
import { PartFolder } from '../parts/partFolder.ts';
import { openSource, type SourceParts } from '../source/openSource.ts';
import { openScratch } from '../spool/scratch.ts';

const PARTS = {
  xls: makeWorkbook,
  shp: makeShapefiles,
  res: makeResources,
} as const satisfies Readonly<Record<PartName, MakePart>>;

/** Makes the files of one part, and stores them where the bundle finds them. */
export function exportPart(parts: SourceParts): Handler<typeof contract.exportPart> {
  return async ({ part, folder: ofExport, ...where }, { signal, progress, artifacts, log }) => {
    try {
      await using scratch = await openScratch();
      const folder = new PartFolder(artifacts, ofExport, part);
      const source = openSource(parts, where, signal);
      const tools = { project: where.project, source, scratch, folder, signal, progress };
      const { rows, notes } = await PARTS[part](tools);
      await folder.tidy();
      log.info('part.stored', { part, rows, files: folder.files, notes });
      return { part, rows, files: folder.files, notes };
    } catch (error) {
      signal.throwIfAborted();
      throw named(part, error);
    }
  };
}

/** The error again, with the part's name before what it says: the family shows only one error. */
function named(part: PartName, cause: unknown): Error {
  const message = `part "${part}" failed: ${(cause as Error).message}`;
  if (cause instanceof NonRetryableError) return new NonRetryableError(message, { cause });
  if (cause instanceof RetryAfter) return new RetryAfter(`${cause.delayMs}ms`, message, { cause });
  return new Error(message, { cause });
}
