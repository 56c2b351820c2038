import { artifactRef, defineTask, defineWorker, fargate } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/**
 * What git may be asked to fetch: no option, no helper such as `ext::`, no password, and for https no user either. What is left names a
 * repository and nothing else.
 */
const ADDRESS =
  /^(?:https:\/\/|ssh:\/\/(?:\w[\w.-]*@)?)[a-z0-9][a-z0-9.-]*(?::\d{1,5})?\/[\w.~/%+,@:=-]+$|^file:\/\/\/[\w.~/%+,@:=-]+$/i;

const url = z
  .string()
  .max(250)
  .regex(
    ADDRESS,
    'expected https://host/path, ssh://user@host/path or file:///path, without password, query and fragment',
  );

/** A part of what git allows (git-scm.com/docs/git-check-ref-format), and never what looks like an option. */
const branch = z
  .string()
  .max(100)
  .regex(
    /^(?!.*(?:\/[./]|\.\.|\.lock(?:\/|$)))\w(?:[\w.+/-]*[\w+-])?$/,
    'expected the name of a branch, such as main or release/2026.10',
  );

const subdir = z
  .string()
  .max(200)
  .regex(
    /^\w[\w.+-]*(?:\/\w[\w.+-]*)*$/,
    'expected a folder inside the repository, such as meta-networking',
  );

/** Of whoever wants a layer: where it is. */
const place = {
  /** Address of its git repository: https or ssh, and file where the worker's settings allow it. Without a password. */
  url,
  branch,
  /** The layer's folder inside the repository. Default: the repository is the layer. */
  subdir: subdir.optional(),
};

const layerInput = z.strictObject(place);

/** Digests of git: SHA-1, or SHA-256 where a repository uses it. */
const revision = z.string().regex(/^[0-9a-f]{40,64}$/);

const count = z.int().nonnegative();

/** One at a time for each repository, whichever task it is: they share its clone. */
const group = ({ url: address }: { readonly url: string }) => address;

/** Brings the index of one layer up to date with its branch. */
export const updateLayer = defineTask('layers.update', {
  input: layerInput,
  output: z.object({
    revision,
    recipes: count,
    appends: count,
    machines: count,
    distros: count,
    classes: count,
    /** Files of the index that are new, read again, and gone since the last one. */
    added: count,
    changed: count,
    removed: count,
    /** Files that could not be read; the index says which, and why. */
    skipped: count,
    /** All that was found, as JSON. */
    index: artifactRef,
  }),
  retry: { maxAttempts: 4, backoff: { initial: '10s', max: '5m' } },
  timeLimit: '30m',
  group,
  unique: ({ url, branch, subdir = '' }) => `${url} ${branch} ${subdir}`,
});

const dependency = z.object({
  /** The collection that is needed. */
  name: z.string(),
  /** Such as `>= 12`. */
  constraint: z.string().optional(),
});

/** Fetches a layer and says what it is and needs, without indexing it. */
export const inspectLayer = defineTask('layers.inspect', {
  input: layerInput,
  output: z.object({
    revision,
    /** Whether the index is of this revision already. */
    isIndexed: z.boolean(),
    collections: z.array(z.object({ name: z.string(), version: z.string().optional() })),
    depends: z.array(dependency),
    recommends: z.array(dependency),
  }),
  retry: { maxAttempts: 4, backoff: { initial: '10s', max: '5m' } },
  timeLimit: '30m',
  group,
});

const layerName = z
  .string()
  .regex(/^\w[\w.+-]{0,99}$/, 'expected letters, digits, ".", "_", "+" and "-", at most 100');

/** A list of layers: the input of `layers.updateAll`, and the file that stands for it. */
export const layerList = z
  .array(z.strictObject({ name: layerName, url, subdir: subdir.optional() }))
  .max(500)
  .refine(
    (layers) => new Set(layers.map(({ name }) => name)).size === layers.length,
    'expected each name once',
  );

const LAYER_ENDS = ['updated', 'unchanged', 'failed', 'blocked'] as const;

/** Brings the indexes of many layers up to date, what a layer needs before itself. */
export const updateAllLayers = defineTask('layers.updateAll', {
  input: z.strictObject({
    branch,
    /** Default: what the file has that the worker's settings name. */
    layers: layerList.optional(),
  }),
  output: z.object({
    /** In the order in which they were done. */
    layers: z.array(
      z.object({
        name: z.string(),
        end: z.enum(LAYER_ENDS),
        /** Why it failed, or which layer has kept it from being done. */
        reason: z.string().optional(),
      }),
    ),
    /** What is odd and stopped nothing: a layer that nobody has listed, a version that does not fit, a recommendation left out. */
    remarks: z.array(z.string()),
  }),
  retry: { maxAttempts: 3, backoff: { initial: '1m' } },
  timeLimit: '4h',
  // It waits for tasks of this very worker: two at once could take all places of a process.
  group: () => 'updateAll',
  unique: ({ branch, layers }) => JSON.stringify([branch, layers ?? null]),
});

const folder = z.string().regex(/^\//, 'expected a folder, such as /srv/layers');
const megabytes = z.coerce.number().int().min(10).max(1_000_000);

/**
 * They share the clones. Fetching waits for the network, and parsing gives way after each file. Four layers of the largest that are read at
 * once fit into the memory.
 */
export const layersWorker = defineWorker('layers', {
  tasks: [updateLayer, inspectLayer, updateAllLayers],
  concurrency: 4,
  settings: {
    files: {
      variable: 'TASKFLEET_LAYERS_FILES',
      meaning: 'the folder below which repositories may be read by a file: address',
      schema: folder.optional(),
      otherwise: 'none may',
    },
    list: {
      variable: 'TASKFLEET_LAYERS_LIST',
      meaning: 'the stored file with the layers that layers.updateAll brings up to date',
      schema: artifactRef.default('artifact:uploads/layers.json'),
    },
    cache: {
      variable: 'TASKFLEET_LAYERS_CACHE',
      meaning: 'the folder in which clones are kept between tasks',
      schema: folder.optional(),
      otherwise: "a folder of the machine's temporary files",
    },
    cacheMegabytes: {
      variable: 'TASKFLEET_LAYERS_CACHE_MB',
      meaning: 'size of all clones together, above which the ones unused for longest go',
      schema: megabytes.default(4_000),
      unit: 'megabytes',
    },
    repositoryMegabytes: {
      variable: 'TASKFLEET_LAYERS_REPOSITORY_MB',
      meaning: 'size of a clone, above which it is given up',
      schema: megabytes.default(1_000),
      unit: 'megabytes',
    },
    notify: {
      variable: 'TASKFLEET_LAYERS_NOTIFY',
      meaning: 'whether new and changed maintainers get an e-mail',
      schema: z.enum(['on', 'off']).default('off'),
    },
  },
  // https and ssh.
  compute: fargate({ cpu: 512, memory: 1_024, internet: [443, 22] }),
});
