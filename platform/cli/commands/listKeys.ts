import type { KeyView } from '../../identity/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { age } from '../render/age.ts';
import { type Cell, renderTable } from '../render/renderTable.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface ListKeysArgs {
  readonly json?: boolean;
}

const HEADING = ['ID', 'NAME', 'ROLES', 'MADE', 'BY', 'ENDS'] as const;

export async function listKeys(
  { openFleet, stdout, clock }: CliDeps,
  { json }: ListKeysArgs,
): Promise<ExitCode> {
  const { keys } = await openFleet();
  const found = await keys.list();
  if (json) writeJson(stdout, { keys: found });
  else if (found.length === 0) writeLine(stdout, 'no API keys');
  else
    writeLine(
      stdout,
      renderTable(
        HEADING,
        found.map((key) => rowOf(key, clock.now())),
      ),
    );
  return EXIT.ok;
}

function rowOf({ id, name, roles, ...key }: KeyView, now: number): readonly Cell[] {
  const ends = key.endsAt === undefined ? 'never' : new Date(key.endsAt).toISOString();
  const cells = [id, name, roles.join(', '), age(key.createdAt, now), key.createdBy, ends];
  return cells.map((text) => ({ text }));
}
