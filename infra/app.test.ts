import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'taskfleet-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

/** As the CDK's command line runs it. */
function runApp(context: Readonly<Record<string, string>>) {
  const env = { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) };
  const app = join(import.meta.dirname, 'app.ts');
  return spawnSync(process.execPath, [app], { encoding: 'utf8', env });
}

describe('the app', () => {
  it('synthesizes the stage dev when none is given, in silence', () => {
    const { status, stdout, stderr } = runApp({});
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readdirSync(outdir)).toContain('Fleet.template.json');
  });

  it('refuses a bad stage in one line', () => {
    const { status, stderr } = runApp({ stage: 'Prod!' });
    expect(status).toBe(1);
    expect(stderr).toBe(
      'stack: stage: expected a letter and up to 15 letters or digits in lower case (such as dev, staging, prod), got "Prod!"\n',
    );
    expect(readdirSync(outdir)).toEqual([]);
  });
});
