import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const SOURCES = join(HERE, 'app');

/** Where the pages are served from. */
export const DASHBOARD_PAGES = join(HERE, '.build', 'pages');

/** Builds the dashboard unless its build is newer than everything it is made of. Resolves to whether it was built. Rejects with what Vite says. */
export async function buildDashboard(): Promise<boolean> {
  if (isFresh()) return false;
  // Loaded only when it is needed: it takes longer than everything else here.
  const { build } = await import('vite');
  // Beside the pages, and put in their place when it is whole: several may build at once.
  const outDir = join(HERE, '.build', String(process.pid));
  await build({
    configFile: false,
    root: SOURCES,
    logLevel: 'silent',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    // Nothing inline: the page's policy lets only files of its own in.
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: false },
  });
  rmSync(DASHBOARD_PAGES, { recursive: true, force: true });
  renameSync(outDir, DASHBOARD_PAGES);
  return true;
}

/** Folders count as well: theirs is the time at which something was taken away. */
function isFresh(): boolean {
  const page = join(DASHBOARD_PAGES, 'index.html');
  if (!existsSync(page)) return false;
  const builtAt = statSync(page).mtimeMs;
  const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' });
  return [
    SOURCES,
    ...sources.map((file) => join(SOURCES, file)),
    import.meta.filename,
    join(HERE, '..', 'package.json'),
  ].every((file) => statSync(file).mtimeMs <= builtAt);
}
