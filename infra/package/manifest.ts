import { z } from 'zod';

const versions = z.record(
  z.string(),
  z.string().regex(/^\d+\.\d+\.\d+$/, 'expected an exact version'),
);

/** What of the workspace's `package.json` is published. */
export const sourceManifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  type: z.literal('module'),
  sideEffects: z.literal(false),
  exports: z.record(z.string(), z.string().regex(/^\.\/.+\.ts$/, 'expected a source file')),
  dependencies: versions,
});

export type SourceManifest = z.output<typeof sourceManifest>;

/** `using` and `AsyncDisposableStack` are not in an older one. */
const NODE = '>=24';

/**
 * Whose values go in and out of the toolbox: schemas are made by one copy of zod and read by the same, and its types do not fit those of another
 * minor version.
 */
const SHARED = new Set(['zod']);

/** For whoever checks types: the declarations have some of Node's. */
const NODE_TYPES = '@types/node';

/**
 * The `package.json` that is packed. Its files keep their places, so an entry point is where it is in the sources. Versions become
 * ranges that begin with the tested one: exact ones would give each project a second copy of most of the AWS SDK.
 */
export function publishedManifest(source: SourceManifest) {
  const { exports, dependencies, ...same } = source;
  const entries = Object.entries(exports).map(([name, file]) => [name, conditions(file)]);
  const ranges = Object.entries(dependencies).map(
    ([name, version]) => [name, `^${version}`] as const,
  );
  return {
    ...same,
    engines: { node: NODE },
    files: ['**/*.js', '**/*.js.map', '**/*.d.ts'],
    exports: { ...Object.fromEntries(entries), './package.json': './package.json' },
    dependencies: Object.fromEntries(ranges.filter(([name]) => !SHARED.has(name))),
    peerDependencies: {
      ...Object.fromEntries(ranges.filter(([name]) => SHARED.has(name))),
      [NODE_TYPES]: NODE,
    },
    peerDependenciesMeta: { [NODE_TYPES]: { optional: true } },
  };
}

/** `default` and not `import`: Node 24 gives these modules to `require()` as well, and they are loaded once whoever asks. */
function conditions(file: string) {
  const built = file.replace(/\.ts$/, '');
  return { types: `${built}.d.ts`, default: `${built}.js` };
}
