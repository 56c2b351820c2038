/** What a command does to the files of a project, decided before anything is touched. Paths are relative to its root, with `/`. */
export interface Plan {
  /** New files, in the order in which they are written. None may be there. */
  readonly creates: readonly NewFile[];
  /** In the order in which they are done: the last makes the rest known. */
  readonly edits: readonly Edit[];
  /** A folder that goes, with all that is in it. */
  readonly removes?: string;
  /** Links of npm's in node_modules, which `npm install` would make, or take away. */
  readonly links?: readonly Link[];
  readonly unlinks?: readonly string[];
}

export interface NewFile {
  readonly path: string;
  readonly text: string;
}

export interface Edit {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface Link {
  readonly path: string;
  /** Relative to where the link is. */
  readonly target: string;
}

/** The present text of a file of the project; undefined where there is none. */
export type ReadText = (path: string) => string | undefined;
