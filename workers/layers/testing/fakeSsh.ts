import { chmod, mkdir, rm, watch, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stands where git looks for ssh: runs what it is asked for on this machine, and hangs when it is told to. */
export interface FakeSsh extends AsyncDisposable {
  /** What git is to be given. */
  readonly environment: { readonly PATH: string };
  /** From now on it hangs. Resolves to a promise of the first time that it does. */
  hang(): Promise<{ readonly isHanging: Promise<void> }>;
  /** From now on it works, for whoever calls it anew. */
  work(): Promise<void>;
}

const SCRIPT = `#!/bin/sh
cd "$(dirname "$0")"
for command; do :; done
if [ -e hang ]; then echo $$ > begun; mv begun hanging; exec sleep 1000; fi
exec sh -c "$command"
`;

export async function fakeSsh(folder: string): Promise<FakeSsh> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'ssh'), SCRIPT);
  await chmod(join(bin, 'ssh'), 0o755);
  const hanging = join(bin, 'hanging');
  return {
    environment: { PATH: `${bin}:/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin` },
    hang: async () => {
      await writeFile(join(bin, 'hang'), '');
      return { isHanging: seen(bin, 'hanging') };
    },
    work: async () => rm(join(bin, 'hang')),
    [Symbol.asyncDispose]: async () => endProcess(hanging),
  };
}

async function seen(folder: string, file: string): Promise<void> {
  for await (const { filename } of watch(folder)) if (filename === file) return;
}

/** What a worker that was killed has left. */
function endProcess(file: string): void {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // 0 would be the test's own process group.
    if (pid > 1) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, or never hung.
  }
}
