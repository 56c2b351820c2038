import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NonRetryableError } from '@taskfleet/toolbox/contract';
import { Spool } from './spool.ts';

/** Fargate gives a container 20 GiB of disk, which up to four parts share. */
const MOST_BYTES = 4 * 1_024 ** 3;

/** A folder for what does not fit into memory, gone when the attempt ends. */
export interface Scratch extends AsyncDisposable {
  /** A new file for rows, which stays until the folder goes. */
  spool(): Spool;
}

export async function openScratch(): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'taskfleet-export-'));
  let files = 0;
  let bytes = 0;
  const spend = (more: number) => {
    bytes += more;
    if (bytes > MOST_BYTES) {
      throw new NonRetryableError(`expected at most ${MOST_BYTES} bytes of rows, got more`);
    }
  };
  const spools: Spool[] = [];
  return {
    spool: () => {
      files += 1;
      const spool = new Spool(join(folder, `${files}.ndjson`), spend);
      spools.push(spool);
      return spool;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(spools.map(async (spool) => spool.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
