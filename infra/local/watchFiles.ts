import { watch } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** An editor writes a file several times when it saves once. */
const SETTLE_MS = 200;

export interface WatchOptions {
  readonly workers: readonly string[];
  /** Called with the workers whose files changed; all of them for a change in the toolbox. */
  readonly onChange: (workers: readonly string[]) => void;
}

/** Watches the workers' folders and the toolbox until the process ends. */
export function watchFiles({ workers, onChange }: WatchOptions): void {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const note = (names: readonly string[]) => {
    for (const name of names) changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      onChange([...changed]);
      changed = new Set();
    }, SETTLE_MS);
  };
  for (const name of workers) {
    watchFolder(join(root, 'workers', name), () => note([name]));
  }
  watchFolder(join(root, 'shared-toolbox'), () => note(workers));
}

function watchFolder(folder: string, onChange: () => void): void {
  watch(folder, { recursive: true }, (_kind, file) => {
    if (file !== null && isSource(file)) onChange();
  });
}

function isSource(file: string): boolean {
  return (
    !file.includes('node_modules') && /\.(?:ts|json)$/.test(file) && !file.endsWith('.test.ts')
  );
}
