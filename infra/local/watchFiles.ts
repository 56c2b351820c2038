import { watch } from 'node:fs';
import { join } from 'node:path';

/** An editor writes a file several times when it saves once. */
const SETTLE_MS = 200;

export interface WatchOptions {
  /** The repository. */
  readonly root: string;
  readonly workers: readonly string[];
  /** Called with the workers whose files changed; all of them for a change in the toolbox. */
  readonly onChange: (workers: readonly string[]) => void;
}

/** Watches the workers' folders and the toolbox. Returns the function that ends it. */
export function watchFiles({ root, workers, onChange }: WatchOptions): () => void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const note = (names: readonly string[]) => {
    for (const name of names) changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      onChange([...changed]);
      changed.clear();
    }, SETTLE_MS);
  };
  const folders = workers.map((name) => ({ folder: join(root, 'workers', name), names: [name] }));
  folders.push({ folder: join(root, 'shared-toolbox'), names: [...workers] });
  const watchers = folders.map(({ folder, names }) =>
    watch(folder, { recursive: true }, (_kind, file) => {
      if (file !== null && isSource(file)) note(names);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function isSource(file: string): boolean {
  return (
    !file.includes('node_modules') && /\.(?:ts|json)$/.test(file) && !file.endsWith('.test.ts')
  );
}
