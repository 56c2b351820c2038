import {
  chord,
  group,
  type Handler,
  into,
  NonRetryableError,
  ResultTimeoutError,
  signature,
  Snooze,
  TaskFailedError,
} from '@taskfleet/toolbox/contract';
import * as contract from '../contract.ts';
import type { AllowedOrigins } from '../source/allowedOrigins.ts';

/** An export of a small project is there within this time; for a larger one the task gives its place to the parts it waits for. */
const WAIT = '2s';

/** After two seconds, then three, at last half a minute: 94 times are 43 minutes. */
function lookAgain(snoozes: number): Snooze {
  return new Snooze(`${Math.min(30, 2 + snoozes)}s`, 'its parts are under way');
}

/**
 * Starts the parts and what bundles them, once however often it is tried, and gives what they give. It holds no place while it waits
 * long, so that exports cannot wait for each other.
 */
export function exportProject(origins: AllowedOrigins): Handler<typeof contract.exportProject> {
  return async ({ format, ...input }, context) => {
    origins.check(new URL(input.source));
    const { id: folder, idempotencyKey, subject, snoozes } = context;
    const parts = format === 'all' ? (['xls', 'shp', 'res'] as const) : [format];
    const made = group(
      parts.map((part) => signature(contract.exportPart, { ...input, part, folder })),
    );
    const bundle = into(contract.exportBundle, 'parts', { folder, project: input.project });
    const flow = await context.start(chord(made, bundle), {
      idempotencyKey,
      ...(subject !== undefined && { subject }),
    });
    context.progress(0.1, `${parts.join(', ')} under way`);
    try {
      return await flow.result({ timeout: WAIT });
    } catch (error) {
      if (error instanceof ResultTimeoutError) throw lookAgain(snoozes);
      // What failed has used its own attempts, and says itself which part it is.
      if (error instanceof TaskFailedError) throw new NonRetryableError(error.message);
      throw error;
    }
  };
}
