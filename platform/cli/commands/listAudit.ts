import type { AuditEntry } from '../../audit/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { paint } from '../render/paint.ts';
import { type Cell, renderTable } from '../render/renderTable.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface AuditArgs {
  readonly limit: string;
  readonly cursor?: string;
  readonly json?: boolean;
}

const HEADING = ['WHEN', 'WHO', 'AS', 'WHAT', 'TARGET', 'OUTCOME', 'DETAIL'] as const;

export async function listAudit(
  { openFleet, stdout }: CliDeps,
  { limit, cursor: after, json }: AuditArgs,
): Promise<ExitCode> {
  const { audit } = await openFleet();
  const { entries, cursor } = await audit.list({ limit: Number(limit), cursor: after });
  if (json) writeJson(stdout, { entries, cursor: cursor ?? null });
  else
    writeLine(
      stdout,
      entries.length === 0 ? 'nothing yet' : renderTable(HEADING, entries.map(rowOf)),
    );
  if (!json && cursor !== undefined) {
    writeLine(stdout, paint(stdout, 'dim', `more: the same command with --cursor ${cursor}`));
  }
  return EXIT.ok;
}

function rowOf({ at, by, kind, accessKeyId, action, target, ...entry }: AuditEntry): Cell[] {
  const outcome = [entry.outcome ?? 'unknown', entry.problem].filter(Boolean).join(': ');
  const cells = [new Date(at).toISOString(), by, accessKeyId ?? kind, action, target, outcome];
  return [...cells, entry.detail ?? ''].map((text) => ({ text }));
}
