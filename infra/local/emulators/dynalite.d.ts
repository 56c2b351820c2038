declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** Folder of the LevelDB store. Default: in memory. */
    readonly path?: string;
    /** Milliseconds that a table stays in CREATING. Default 500. */
    readonly createTableMs?: number;
    readonly updateTableMs?: number;
    readonly deleteTableMs?: number;
  }

  function dynalite(options?: DynaliteOptions): Server;

  // oxlint-disable-next-line import/no-default-export -- the module's own form
  export default dynalite;
}
