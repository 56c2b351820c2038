import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Why git could not bring a folder back as it is; undefined when it could. */
export async function uncommitted(root: string, folder: string): Promise<string | undefined> {
  try {
    const args = ['-C', root, 'status', '--porcelain', '--ignored', '--', folder];
    const { stdout } = await run('git', args);
    const changed = stdout.split('\n').filter((line) => line !== '');
    return changed.length === 0
      ? undefined
      : `has what is not committed (${changed.length} entries)`;
  } catch {
    return 'is in no git repository that could bring it back';
  }
}
