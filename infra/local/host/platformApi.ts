import { z } from 'zod';
import { AwayError, RefusedError } from './errors.ts';

/** A task as the platform shows it, as far as these pages go. */
const taskSchema = z.looseObject({
  id: z.string(),
  task: z.string().optional(),
  state: z.string(),
  createdAt: z.number().optional(),
  progress: z.looseObject({ fraction: z.number(), note: z.string().optional() }).optional(),
  input: z.json().optional(),
  output: z.json().optional(),
  error: z.looseObject({ message: z.string() }).optional(),
});

export type ShownTask = z.output<typeof taskSchema>;

const logSchema = z.looseObject({
  lines: z.array(z.looseObject({ at: z.number(), level: z.string(), message: z.string() })),
  cursor: z.string(),
});

export type LogPage = z.output<typeof logSchema>;

export interface WhichTasks {
  readonly subject?: string;
  readonly task?: string;
  readonly worker?: string;
  readonly limit: number;
}

/** What a web application reads of its tasks: the platform's HTTP API, and no table. */
export interface PlatformApi {
  /** Where its panels are; undefined while it is not known. */
  readonly origin: () => string | undefined;
  /** The newest ones of these, newest first. */
  readonly tasks: (which: WhichTasks) => Promise<readonly ShownTask[]>;
  readonly task: (id: string) => Promise<ShownTask>;
  /** What its handler has said, or what it has said since the cursor. */
  readonly log: (id: string, cursor?: string) => Promise<LogPage>;
  /** Asks for its end, and for that of all it led to. */
  readonly cancelFamily: (id: string) => Promise<void>;
}

const WITHIN_MS = 5_000;

/** Every call throws AwayError when there is no answer, and RefusedError with the API's own words. */
export function platformApi(address: () => string | undefined): PlatformApi {
  const ask = async (method: 'GET' | 'POST', path: string): Promise<unknown> => {
    const base = address();
    if (base === undefined) throw new AwayError('the platform');
    const body = method === 'POST' ? { body: '{}' } : {};
    const response = await fetch(`${base}${path}`, {
      method,
      ...body,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch((cause: unknown) => {
      throw new AwayError('the platform', { cause });
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new RefusedError(response.status, detailOf(answer));
    return answer;
  };
  return {
    origin: () => {
      const base = address();
      return base === undefined ? undefined : new URL(base).origin;
    },
    tasks: async ({ limit, ...which }) => {
      const query = new URLSearchParams({ ...which, limit: String(limit) }).toString();
      const page = z.looseObject({ tasks: z.array(taskSchema) });
      return page.parse(await ask('GET', `/api/tasks?${query}`)).tasks;
    },
    task: async (id) => taskSchema.parse(await ask('GET', pathOf(id))),
    log: async (id, cursor) => {
      const query = cursor === undefined ? '' : `?after=${encodeURIComponent(cursor)}`;
      return logSchema.parse(await ask('GET', `${pathOf(id)}/log${query}`));
    },
    cancelFamily: async (id) => {
      await ask('POST', `${pathOf(id)}/family/cancel`);
    },
  };
}

function pathOf(id: string): string {
  return `/api/tasks/${encodeURIComponent(id)}`;
}

/** A problem's own sentence. */
function detailOf(answer: unknown): string {
  const problem = z.looseObject({ detail: z.string() }).safeParse(answer);
  return problem.success ? problem.data.detail : 'the platform refused it';
}
