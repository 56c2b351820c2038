import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchFiles } from './watchFiles.ts';

describe('watching files', () => {
  let root: string;
  let end: () => void;
  let changes: Promise<readonly string[]>;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'taskfleet-watch-'));
    for (const folder of ['workers/email/handlers', 'workers/layers', 'shared-toolbox']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    changes = new Promise((onChange) => {
      end = watchFiles({ root, workers: ['email', 'layers'], onChange });
    });
  });
  afterEach(() => {
    end();
    rmSync(root, { recursive: true });
  });

  const save = (file: string) => writeFileSync(join(root, file), '// saved\n');

  it('tells the worker whose file was saved', async () => {
    save('workers/email/handlers/send.ts');
    save('workers/email/contract.ts');
    expect(await changes).toEqual(['email']);
  });

  it('tells every worker when the toolbox changes', async () => {
    save('shared-toolbox/clock.ts');
    expect(await changes).toEqual(['email', 'layers']);
  });

  it('says nothing of tests and other files', async () => {
    save('workers/email/send.test.ts');
    save('workers/email/notes.txt');
    save('workers/layers/contract.ts');
    expect(await changes).toEqual(['layers']);
  });
});
