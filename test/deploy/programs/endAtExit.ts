import type { ChildProcess } from 'node:child_process';

const living = new Set<ChildProcess>();

process.once('exit', () => {
  for (const child of living) endFamily(child);
});

/** Kills the process and those that it has started. It has to be the leader of a process group: `detached`. */
export function endFamily({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Ends the process, a group's leader, together with this one if it still runs then. */
export function endAtExit(child: ChildProcess): void {
  living.add(child);
  child.once('exit', () => living.delete(child));
}
