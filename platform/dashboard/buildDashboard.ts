import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const SOURCES = join(import.meta.dirname, 'app');

/** Where the pages are served from. */
export const DASHBOARD_BUILD = join(import.meta.dirname, '.build');

/** Builds the dashboard unless its build is newer than everything it is made of. Resolves to whether it was built. Rejects with what Vite says. */
export async function buildDashboard(): Promise<boolean> {
  if (isFresh()) return false;
  await build({
    configFile: false,
    root: SOURCES,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    // Nothing inline: the page's policy lets only files of its own in.
    build: {
      outDir: DASHBOARD_BUILD,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: false,
    },
  });
  return true;
}

function isFresh(): boolean {
  const page = join(DASHBOARD_BUILD, 'index.html');
  if (!existsSync(page)) return false;
  const builtAt = statSync(page).mtimeMs;
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' });
  return [...files.map((file) => join(SOURCES, file)), import.meta.filename].every(
    (file) => statSync(file).mtimeMs <= builtAt,
  );
}
