import type { TaskRecord } from '@taskfleet/toolbox/contract';
import { isUnknownId } from '../../isUnknownId.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import type { FleetAccess } from '../../access/index.ts';
import { publicRecord } from '../render/publicRecord.ts';
import { renderLetter } from '../render/renderLetter.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface ShowDeadArgs {
  readonly id: string;
  readonly raw?: boolean;
  readonly json?: boolean;
}

/** Says all that is known of a dead letter, and of its task. */
export async function showDead(
  deps: CliDeps,
  { id, raw = false, json }: ShowDeadArgs,
): Promise<ExitCode> {
  const { deadLetters, reader } = await deps.openFleet();
  const { letter, body } = await deadLetters.get(id);
  const record = letter.taskId && (await recordOf(reader, letter.taskId));
  if (json) {
    writeJson(deps.stdout, {
      ...letter,
      ...(record && { record: publicRecord(record) }),
      ...(raw && { body: body ?? null }),
    });
  } else {
    const parts = { letter, record, body, raw };
    writeLine(deps.stdout, renderLetter(deps.stdout, parts, deps.clock.now()));
  }
  return EXIT.ok;
}

/** What is known of the task; its record may be gone, or never have been. */
async function recordOf(
  reader: FleetAccess['reader'],
  id: string,
): Promise<TaskRecord | undefined> {
  try {
    return await reader.get(id);
  } catch (error) {
    if (isUnknownId(error)) return undefined;
    throw error;
  }
}
