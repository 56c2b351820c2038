import type { z } from 'zod';

/** A value that a worker's process is told by its environment, such as the address of a mail server. */
export interface WorkerSetting<S extends z.ZodType = z.ZodType> {
  /** `TASKFLEET_<WORKER>_` and a name, such as `TASKFLEET_EMAIL_SERVER`. */
  readonly variable: string;
  /** What it is, as a phrase. */
  readonly meaning: string;
  /** Of the variable's text; undefined when there is none or it is empty. What it gives is the setting's value. */
  readonly schema: S;
  /** Of a number: what it counts. */
  readonly unit?: string;
  /** What is allowed, where the schema cannot say it. */
  readonly bounds?: string;
  /** What holds without it, where that depends on something. */
  readonly otherwise?: string;
  /** Never shown, and in the cloud kept in Parameter Store. Not on Lambda. */
  readonly secret?: true;
}

/** The settings of a worker, by the names that its program has for them. */
export type WorkerSettings = Readonly<Record<string, WorkerSetting>>;

/** What a worker's program is given: the settings' values. */
export type SettingsOf<W extends { readonly settings: WorkerSettings }> = {
  readonly [Name in keyof W['settings']]: z.output<W['settings'][Name]['schema']>;
};

/** Of all copies of the toolbox in a process, as the secrets are. */
const SHARED = Symbol.for('@taskfleet/toolbox worker variables');

const shared = globalThis as { [SHARED]?: Set<string> };
const declared = (shared[SHARED] ??= new Set());

/** Processes share environments: a variable that some worker has declared is refused nowhere. */
export function declareVariables(settings: WorkerSettings): void {
  for (const { variable } of Object.values(settings)) declared.add(variable);
}

/** The variables of the workers whose contracts this process has loaded. */
export function declaredVariables(): ReadonlySet<string> {
  return declared;
}

/** What the variables of a worker begin with. */
export function variablePrefix(worker: string): string {
  return `TASKFLEET_${worker.toUpperCase().replaceAll('-', '_')}_`;
}

interface Declared {
  readonly name: string;
  readonly settings: WorkerSettings;
  readonly compute: { readonly kind: string };
}

export function workerSettingProblems({ name, settings, compute }: Declared): string[] {
  const prefix = variablePrefix(name);
  return Object.entries(settings).flatMap(([key, { variable, secret }]) => {
    const problems: string[] = [];
    if (!variable.startsWith(prefix) || !/^[A-Z][A-Z0-9_]*[A-Z0-9]$/.test(variable)) {
      problems.push(
        `settings.${key}: expected a variable such as ${prefix}NAME, got "${variable}"`,
      );
    }
    if (secret && compute.kind === 'lambda') {
      problems.push(
        `settings.${key}: expected no secret with lambda(), whose variables everybody who sees the function can read; use fargate()`,
      );
    }
    return problems;
  });
}
