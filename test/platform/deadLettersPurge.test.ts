import { createReader } from '@taskfleet/platform/reader';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readEntry } from '../../platform/deadLetters/keepEntry.ts';
import { purgeLetter } from '../../platform/deadLetters/purgeLetter.ts';
import { type Graveyard, startGraveyard } from './startGraveyard.ts';
import { messageBody, newId } from './startPlatformUnderTest.ts';

const timeoutMs = 10_000;

let yard: Graveyard;
beforeEach(async () => {
  yard = await startGraveyard();
});
afterEach(() => yard.stop());

const recordOf = async (id: string) => createReader(yard.table).get(id);

describe('a purge', () => {
  it('deletes the letter for good, and the record of its task says so', async () => {
    const id = newId();
    yard.watch();
    await yard.bury(messageBody({ id }), 'g', 'too old');
    await yard.letter(id);
    await yard.receiptOf(id);
    await yard.deadLetters.purge(id);
    expect(await yard.dead()).toBe(0);
    expect(await yard.letters(0)).toEqual([]);
    expect((await yard.deadLetters.get(id)).letter.state).toBe('purged');
    expect(await recordOf(id)).toMatchObject({
      state: 'dead',
      error: { message: 'too old (purged by an operator)' },
    });
    const again = yard.deadLetters.redrive(id, { timeoutMs });
    await expect(again).rejects.toThrow(`it was purged already: "${id}"`);
  });

  it('of a letter that is not hidden just then is done by the watcher', async () => {
    const id = newId();
    const watcher = yard.watch();
    await yard.bury(messageBody({ id }), 'g');
    await yard.letter(id);
    await watcher.stop();
    await yard.show(id);
    await yard.deadLetters.purge(id);
    expect(await yard.dead()).toBe(1);
    yard.watch();
    await vi.waitFor(async () => expect(await yard.dead()).toBe(0), timeoutMs);
    expect(yard.logged('letter.recorded')).toHaveLength(1);
  });

  it('is of the letter that there is now, when it was redriven and died again meanwhile', async () => {
    const id = newId();
    const { clients, table, queues } = yard;
    yard.work();
    yard.watch();
    await yard.deliver(messageBody({ id, task: 'echo.sing' }), 'g');
    await yard.letter(id);
    const read = (await readEntry(table, id))!;
    await yard.deadLetters.redrive(id, { timeoutMs });
    await yard.letters(1);
    await purgeLetter({ sqs: clients.sqs, table, queues, clock: systemClock }, read);
    expect((await yard.deadLetters.get(id)).letter.state).toBe('purged');
    await vi.waitFor(async () => expect(await yard.dead()).toBe(0), timeoutMs);
  });

  it('of all is of one service only', async () => {
    yard.watch();
    for (const body of ['a', 'b']) await yard.bury(body, 'g');
    const tracker = yard.startTracker();
    await yard.send('c', 'g');
    await yard.letters(2);
    await yard.letters(1, 'platform');
    await tracker.stop();
    expect(await yard.deadLetters.purgeAll('echo')).toHaveLength(2);
    await vi.waitFor(async () => expect(await yard.dead()).toBe(0), timeoutMs);
    expect(await yard.dead('platform')).toBe(1);
  });
});
