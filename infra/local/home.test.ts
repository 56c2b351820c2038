import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Home, openHome, removeNote, runningNote, writeNote } from './home.ts';

describe('the note of a running fleet', () => {
  let home: Home;
  beforeEach(() => {
    home = openHome(mkdtempSync(join(tmpdir(), 'taskfleet-note-')));
  });
  afterEach(() => rmSync(home.folder, { recursive: true }));

  it('is read back while its process is alive', () => {
    const note = { pid: process.pid, environment: { TASKFLEET_STAGE: 'local' } };
    writeNote(home, note);
    expect(runningNote(home)).toEqual({ v: 1, ...note });
  });

  it('is none once it is removed', () => {
    writeNote(home, { pid: process.pid, environment: {} });
    removeNote(home);
    expect(runningNote(home)).toBeUndefined();
  });

  it('is none when its process is gone', () => {
    // The largest process id there can be: far above what systems hand out.
    writeNote(home, { pid: 2 ** 22 + 1, environment: {} });
    expect(runningNote(home)).toBeUndefined();
  });

  it.each(['', '{', '{"v":2,"pid":1,"environment":{}}'])('is none when it reads %j', (text) => {
    writeFileSync(join(home.folder, 'local.json'), text);
    expect(runningNote(home)).toBeUndefined();
  });
});
