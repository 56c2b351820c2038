import type { ChildProcess } from 'node:child_process';

const living = new Set<ChildProcess>();

process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/**
 * Kills the process together with this one, unless it is disposed of before. A suspended process would outlive the lab
 * for ever: no gentler signal reaches it.
 */
export function killAtExit(child: ChildProcess): Disposable {
  living.add(child);
  return { [Symbol.dispose]: () => void living.delete(child) };
}
