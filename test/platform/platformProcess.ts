import { join } from 'node:path';
import { serviceSpec } from '../../infra/local/services.ts';
import { type Program, runProgram } from '../fixtures/programOutput.ts';
import type { RestartableStack } from '../toolbox/restartableStack.ts';

export interface PlatformProcessOptions {
  readonly stack: RestartableStack;
  /** Default: the platform's own main.ts. */
  readonly program?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** The platform with the watchdog's patience of three seconds. */
export const IMPATIENT = join(import.meta.dirname, 'impatientPlatform.main.ts');

/** The platform as a process, with the environment that a local fleet gives it. */
export function startPlatformProcess(options: PlatformProcessOptions): Program & AsyncDisposable {
  const { stack, program, settings } = options;
  const spec = serviceSpec({ ...stack, service: 'platform', inherited: {} });
  const running = runProgram([program ?? spec.program], {
    environment: { ...spec.environment, ...settings },
  });
  return {
    ...running,
    [Symbol.asyncDispose]: async () => {
      running.process.kill('SIGKILL');
      await running.ended;
    },
  };
}

/** How often the process has logged an event. */
export function timesOf({ stdout }: Program, event: string): number {
  return stdout().split(`"event":"${event}"`).length - 1;
}
