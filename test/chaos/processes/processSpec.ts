import { join } from 'node:path';
import type { StackOutputs } from '@taskfleet/infra/local';
import type { Endpoints } from '@taskfleet/toolbox/aws';
import { z } from 'zod';
import { serviceSpec } from '../../../infra/local/services.ts';
import type { ServiceSpec } from '../../../infra/local/supervise/launch.ts';
import { inheritedEnvironment } from '../../../infra/local/supervise/inheritedEnvironment.ts';

export interface ProcessSpecOptions {
  /** Of the process, such as `worker-1`. */
  readonly name: string;
  /** Whose queue it consumes. */
  readonly service: 'lab' | 'platform';
  /** Its own ways to the services. */
  readonly endpoints: Endpoints;
  readonly outputs: StackOutputs;
  readonly settings: Readonly<Record<string, string>>;
}

/** The lab's platform has no HTTP interface to wait for. */
const started = z.object({ event: z.enum(['worker.started', 'platform.started']) });

const PROGRAMS = { lab: 'worker.main.ts', platform: 'platform.main.ts' } as const;

/** A process of the lab, with the environment that a local fleet gives its services. */
export function processSpec(options: ProcessSpecOptions): ServiceSpec {
  const { name, service, endpoints, outputs, settings } = options;
  const inherited = inheritedEnvironment(process.env);
  const usual = serviceSpec({ service, endpoints, outputs, inherited });
  return {
    ...usual,
    name,
    program: join(import.meta.dirname, '..', 'fleet', PROGRAMS[service]),
    environment: { ...usual.environment, ...settings },
    isReady: (said) => started.safeParse(said).success,
  };
}
