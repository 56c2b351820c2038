import { z } from 'zod';

export const LOCKFILE = 'package-lock.json';

const lockfileSchema = z.object({ packages: z.record(z.string(), z.unknown()) });

/** What npm writes of a workspace. */
export interface LockedWorkspace {
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

const RECORDED = new Set(['name', 'version', 'license', 'dependencies', 'devDependencies']);

/** Adds a workspace whose dependencies are all there already, as `npm install` would, which asks a registry for it. */
export function addToLockfile(text: string, { folder, manifest }: LockedWorkspace): string {
  const own = Object.entries(manifest).filter(([name]) => RECORDED.has(name));
  return withPackages(text, (packages) => ({
    ...packages,
    [folder]: Object.fromEntries(own),
    [linkPath(String(manifest['name']))]: { resolved: folder, link: true },
  }));
}

/** Takes a workspace out. Packages that only it needed stay until the next `npm install`. */
export function removeFromLockfile(text: string, folder: string, packageName: string): string {
  return withPackages(text, (packages) => {
    const { [folder]: _own, [linkPath(packageName)]: _link, ...others } = packages;
    return others;
  });
}

export function linkPath(packageName: string): string {
  return `node_modules/${packageName}`;
}

type Packages = Readonly<Record<string, unknown>>;

/** npm sorts by path, in the order of English. */
function withPackages(text: string, change: (packages: Packages) => Packages): string {
  const lockfile: unknown = JSON.parse(text);
  const entries = Object.entries(change(lockfileSchema.parse(lockfile).packages));
  const packages = Object.fromEntries(entries.toSorted(([a], [b]) => a.localeCompare(b, 'en')));
  return `${JSON.stringify({ ...(lockfile as object), packages }, undefined, 2)}\n`;
}
