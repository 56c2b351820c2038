import { GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { createClients } from '@taskfleet/toolbox/aws';
import { fleetConfig } from '@taskfleet/toolbox/config';

import { localFleetEnvironment } from '../../infra/local/services.ts';
import { queueOutputs } from '../../infra/outputs.ts';
import { DeployError } from './errors.ts';
import { type Diagnosis, runDoctor, type RunDoctorOptions } from './runDoctor.ts';

/** What the doctor was seen to do. */
export interface SeenDoctor {
  /** Checks that found the stage as its contracts say. */
  readonly fine: number;
  /** What the emulator does not tell, or does not have. */
  readonly unchecked: readonly string[];
  /** What it said of a queue that was changed by hand. */
  readonly found: string;
}

const WORKER = 'thumbnails';
const OTHER_SECONDS = '77';

/**
 * Has the doctor look at a healthy stage, whose platform and worker run, and at the same stage with one attribute changed. Throws
 * DeployError unless it finds nothing in the first, and exactly that in the second.
 */
export async function seeDoctor(options: RunDoctorOptions): Promise<SeenDoctor> {
  const healthy = await runDoctor(options);
  const errors = errorsOf(healthy);
  if (errors.length > 0) throw new DeployError(`the doctor found ${errors.join('; ')}`);
  const found = errorsOf(await whileChanged(options, async () => runDoctor(options)));
  const [only = '', ...more] = found;
  if (!only.includes('visibility timeout') || more.length > 0) {
    throw new DeployError(`of a changed visibility timeout, the doctor found ${found.join('; ')}`);
  }
  const of = (verdict: string) => healthy.checks.filter((check) => check.verdict === verdict);
  return { fine: of('ok').length, unchecked: of('unchecked').map(nameOf), found: only };
}

/** With another visibility timeout of the worker's queue, which is as it was afterwards. */
async function whileChanged<T>(options: RunDoctorOptions, look: () => Promise<T>): Promise<T> {
  const { sqs, ...others } = createClients(fleetConfig(localFleetEnvironment(options)));
  const QueueUrl = options.outputs[queueOutputs(WORKER).queueUrl];
  const set = async (VisibilityTimeout: string) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout } }));
  const get = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] });
  const before = (await sqs.send(get)).Attributes?.VisibilityTimeout ?? '';
  try {
    await set(OTHER_SECONDS);
    return await look();
  } finally {
    await set(before);
    for (const client of [sqs, ...Object.values(others)]) client.destroy();
  }
}

function errorsOf({ checks }: Diagnosis): string[] {
  return checks
    .filter(({ verdict }) => verdict === 'error')
    .map((check) => `${nameOf(check)}: ${check.cause ?? ''}`);
}

function nameOf({ subject, rule }: Diagnosis['checks'][number]): string {
  return `${subject}, ${rule}`;
}
