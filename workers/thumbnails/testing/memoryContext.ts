import {
  ArtifactNotFoundError,
  type ArtifactRef,
  type TaskContext,
  TooLargeError,
} from '@taskfleet/toolbox/contract';

/** What a handler did to its surroundings. */
export interface Traces {
  readonly stored: Map<ArtifactRef, { readonly body: Uint8Array; readonly contentType: string }>;
  readonly progress: (readonly [fraction: number, note: string | undefined])[];
  readonly logged: { readonly message: string; readonly fields: unknown }[];
}

/** A task's context in memory. `uploads` are the files that are there before the task begins. */
export function memoryContext(
  uploads: Readonly<Record<ArtifactRef, Uint8Array>> = {},
  overrides: Partial<TaskContext> = {},
): { readonly context: TaskContext; readonly traces: Traces } {
  const traces: Traces = { stored: new Map(), progress: [], logged: [] };
  const note = (message: string, fields?: unknown) => void traces.logged.push({ message, fields });
  const context: TaskContext = {
    id: `thumbnails_${'0'.repeat(32)}`,
    attempt: 1,
    idempotencyKey: 'thumbnails-key',
    creator: 'user-7',
    subject: undefined,
    deadlineAt: Number.MAX_SAFE_INTEGER,
    signal: new AbortController().signal,
    log: { debug: note, info: note, warn: note, error: note },
    artifacts: memoryArtifacts(new Map(Object.entries(uploads)), traces),
    progress: (fraction, text) => void traces.progress.push([fraction, text]),
    schedule: () => Promise.reject(new Error('a thumbnail task schedules nothing')),
    scheduleMany: () => Promise.reject(new Error('a thumbnail task schedules nothing')),
    start: () => Promise.reject(new Error('a thumbnail task starts nothing')),
    ...overrides,
  };
  return { context, traces };
}

function memoryArtifacts(
  uploads: ReadonlyMap<string, Uint8Array>,
  { stored }: Traces,
): TaskContext['artifacts'] {
  return {
    async read(ref, { maximumBytes = Infinity } = {}) {
      const body = uploads.get(ref);
      if (!body) throw new ArtifactNotFoundError(ref);
      if (body.length <= maximumBytes) return body;
      throw new TooLargeError(ref, body.length, maximumBytes);
    },
    async write(name, body, contentType) {
      const ref: ArtifactRef = `artifact:thumbnails/${name}`;
      stored.set(ref, { body, contentType });
      return ref;
    },
  };
}
