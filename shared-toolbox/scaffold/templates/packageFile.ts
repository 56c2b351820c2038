import type { WorkerNames } from '../names.ts';

/** What the project's own packages say, so that a new one says the same. */
export interface PackageFacts {
  readonly license: string | undefined;
  /** Of the toolbox, and of the workspaces beside it. */
  readonly toolbox: string;
  readonly testing: string | undefined;
  readonly zod: string;
}

export function packageManifest(worker: WorkerNames, facts: PackageFacts) {
  const { license, toolbox, testing, zod } = facts;
  return {
    name: worker.packageName,
    version: '0.1.0',
    private: true,
    ...(license !== undefined && { license }),
    type: 'module',
    exports: {
      './contract': './contract.ts',
      './implementation': './implementation.ts',
      './main': './main.ts',
    },
    dependencies: { '@taskfleet/toolbox': toolbox, zod },
    ...(testing !== undefined && { devDependencies: { '@taskfleet/testing': testing } }),
  };
}
