import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  notePurged,
  noteReceipt,
  noteRedriven,
  requestRedrive,
} from '../../platform/deadLetters/changeEntry.ts';
import { entryKey, type LetterEntry } from '../../platform/deadLetters/entry.ts';
import { forgottenAt, keepEntry, readEntry } from '../../platform/deadLetters/keepEntry.ts';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';
import { newId } from './startPlatformUnderTest.ts';

const NOW = 1_700_000_000_000;

let fixture: TableUnderTest;
beforeAll(async () => {
  fixture = await startTaskTable();
});
afterAll(async () => fixture.stop());

async function kept(given: Partial<LetterEntry> = {}): Promise<LetterEntry> {
  const entry: LetterEntry = {
    v: 1,
    id: newId(),
    service: 'echo',
    state: 'waiting',
    messageId: 'first copy',
    groupId: 'group',
    place: 'place',
    reason: 'because',
    attempt: 0,
    diedAt: NOW,
    body: '{',
    ...given,
  };
  await keepEntry(fixture.table, entry);
  return entry;
}

describe('the entry of a dead letter', () => {
  it('is kept as it is, and in place of an earlier one', async () => {
    const { body: _body, ...first } = await kept();
    const later = { ...first, messageId: 'second copy', diedAt: NOW + 5 };
    await keepEntry(fixture.table, later);
    expect(await readEntry(fixture.table, first.id)).toEqual(later);
    expect(await fixture.stored(entryKey(first.id))).toMatchObject({
      failedAt: { N: String(NOW + 5) },
      expiresAt: { N: String(Math.ceil(forgottenAt(NOW + 5) / 1_000)) },
    });
    expect(await readEntry(fixture.table, newId())).toBeUndefined();
  });

  it('leaves the index of what ended badly when its letter is redriven', async () => {
    const entry = await kept();
    expect((await noteReceipt(fixture.table, entry, 'receipt')).entry?.receipt).toBe('receipt');
    expect((await requestRedrive(fixture.table, entry)).made).toBe(true);
    const redriven = await noteRedriven(fixture.table, entry, NOW + 9);
    expect(redriven).toMatchObject({ made: true, entry: { state: 'redriven', leftAt: NOW + 9 } });
    const stored = await fixture.stored(entryKey(entry.id));
    for (const gone of ['failedShard', 'failedAt', 'receipt', 'body']) {
      expect(stored).not.toHaveProperty(gone);
    }
  });

  it('refuses a change meant for another copy or from another state, and says how it stands', async () => {
    const entry = await kept();
    const other = { ...entry, messageId: 'second copy' };
    expect(await requestRedrive(fixture.table, other)).toEqual({ made: false, entry });
    expect((await notePurged(fixture.table, entry, NOW)).made).toBe(true);
    const late = await requestRedrive(fixture.table, entry);
    expect(late).toMatchObject({ made: false, entry: { state: 'purged' } });
    expect(await noteReceipt(fixture.table, { ...entry, id: newId() }, 'receipt')).toEqual({
      made: false,
      entry: undefined,
    });
  });
});
