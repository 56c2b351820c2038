import { join } from 'node:path';
import { type Change, compareContracts } from '../diff/index.ts';
import { withTree } from './checkOut.ts';
import { describeTree } from './describeTree.ts';
import { openRepository } from './openRepository.ts';
import type { ToolOptions } from './runTool.ts';

export interface ContractDiff {
  readonly commit: string;
  readonly changes: readonly Change[];
}

/**
 * What has changed in the contracts between a ref and the files as they are, committed or not. Throws RepositoryError and
 * FleetNotLoadedError.
 */
export async function diffContracts(ref: string, options: ToolOptions): Promise<ContractDiff> {
  const repository = await openRepository(options);
  const { top, prefix } = repository;
  const describe = async (version: string, folder: string) =>
    describeTree(version, { ...options, cwd: join(folder, prefix) });
  return withTree(repository, ref, async ({ folder, commit }) => {
    const before = await describe(ref, folder);
    const after = await describe('the working tree', top);
    return { commit, changes: compareContracts(before, after) };
  });
}
