import { ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs';
import { maxReceiveCount } from '@taskfleet/toolbox/contract';
import { claimTask, recordSucceeded } from '@taskfleet/toolbox/table';
import { createReader } from '@taskfleet/platform/reader';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { echoWorker } from './sampleFleet.ts';
import { type Graveyard, startGraveyard } from './startGraveyard.ts';
import { messageBody, newId } from './startPlatformUnderTest.ts';

let yard: Graveyard;
beforeEach(async () => {
  yard = await startGraveyard();
});
afterEach(() => yard.stop());

const recordOf = async (id: string) => createReader(yard.table).get(id);

describe('a message that cannot be run', () => {
  it.each([
    [
      'of an unknown task',
      (id: string) => messageBody({ id: id as never, task: 'echo.sing' }),
      'unknown task "echo.sing"; this worker handles echo.say, echo.ask',
    ],
    [
      'of another version',
      (id: string) => messageBody({ id: id as never }).replace('"v":1', '"v":9'),
      'message v: ',
    ],
    [
      'with a field of the wrong kind',
      (id: string) => JSON.stringify({ v: 1, id, root: 'x', task: 'echo.say', createdAt: 1 }),
      'message ',
    ],
  ])('%s makes its task dead, with the reason', async (_, bodyOf, reason) => {
    yard.work();
    yard.watch();
    const id = newId();
    await yard.deliver(bodyOf(id), 'a-group');
    const letter = await yard.letter(id);
    expect(letter).toMatchObject({ id, service: 'echo', state: 'waiting', group: 'a-group' });
    expect(letter).toMatchObject({ taskId: id, task: expect.stringMatching(/^echo\./) });
    expect(letter.reason).toContain(reason);
    const record = await recordOf(id);
    expect(record).toMatchObject({ state: 'dead', attempt: 0, error: { message: letter.reason } });
    expect(record.startedAt).toBeUndefined();
    expect(await yard.dead()).toBe(1);
  });

  it('received again and again without an end is dead too', async () => {
    yard.watch();
    const id = newId();
    await yard.deliver(messageBody({ id }), id);
    const claim = { id, nonce: 'killed', holder: 'killed', now: Date.now(), maxAttempts: 3 };
    await claimTask(yard.table, claim);
    await yard.receiveToDeath();
    const reason = `received ${maxReceiveCount(echoWorker)} times without an end: its worker was killed or lost again and again`;
    expect(await yard.letter(id)).toMatchObject({ reason, attempt: 1, group: id });
    const error = { name: 'DeadLetter', message: reason, attempt: 1 };
    expect(await recordOf(id)).toMatchObject({ state: 'dead', error });
  });

  it('that nobody can read has a letter of its own, and its body only for who asks', async () => {
    yard.work();
    yard.watch();
    await yard.deliver('{"password":"hunter2"', 'g');
    const [letter] = await yard.letters(1);
    expect(letter).toMatchObject({
      service: 'echo',
      group: 'g',
      reason: 'message (root): is not JSON',
    });
    expect(letter?.id).toMatch(/^echo_[0-9a-f]{32}$/);
    expect(letter).not.toHaveProperty('taskId');
    expect(JSON.stringify(letter)).not.toContain('hunter2');
    expect((await yard.deadLetters.get(letter!.id)).body).toBe('{"password":"hunter2"');
    await expect(recordOf(letter!.id)).rejects.toThrow('no task has the id');
  });

  it('of another worker says nothing of that task', async () => {
    yard.work();
    yard.watch();
    const id = newId('other');
    await yard.deliver(messageBody({ id, task: 'other.task' }));
    expect(await yard.letters(1)).toMatchObject([{ taskId: id, task: 'other.task' }]);
    await expect(recordOf(id)).rejects.toThrow('no task has the id');
  });

  it('of the platform is a letter of the platform, and its task goes on', async () => {
    const tracker = yard.startTracker();
    yard.watch();
    await yard.send('garbage', 'g');
    await yard.letters(1, 'platform');
    await tracker.stop();
    expect(await yard.letters(0)).toEqual([]);
  });
});

describe('the watcher', () => {
  it('sees what died behind others in one group, and drops nothing', async () => {
    const ids = Array.from({ length: 25 }, () => newId());
    for (const id of ids) await yard.bury(messageBody({ id }), 'one');
    yard.watch();
    const letters = await yard.letters(25);
    expect(letters.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(new Set(letters.map(({ group }) => group))).toEqual(new Set(['one']));
    expect(await yard.dead()).toBe(25);
  });

  it('deletes the dead letter of a task that has ended, and leaves its record', async () => {
    const id = newId();
    const { record } = await claimTask(yard.table, {
      id,
      nonce: 'n',
      holder: 'h',
      now: 1,
      maxAttempts: 3,
    });
    const now = Date.now();
    const ended = { now, createdAt: now, retentionMs: 60_000, output: 1 };
    await recordSucceeded(yard.table, { id, token: record.token }, ended);
    await yard.bury(messageBody({ id }));
    yard.watch();
    await expect.poll(() => yard.dead(), { timeout: 10_000 }).toBe(0);
    expect(await recordOf(id)).toMatchObject({ state: 'succeeded', output: 1 });
    expect(yard.logged('letter.discarded')).toHaveLength(1);
    expect(await yard.letters(0)).toEqual([]);
  });

  it('hides what it knows for an hour, instead of receiving it over and over', async () => {
    const sent = vi.spyOn(yard.clients.sqs, 'send');
    yard.watch();
    const id = newId();
    await yard.bury(messageBody({ id }), 'g');
    await yard.receiptOf(id);
    const changes = sent.mock.calls.flatMap(([command]) =>
      command instanceof ChangeMessageVisibilityCommand ? command.input.VisibilityTimeout : [],
    );
    expect(changes).toEqual([3_600]);
  });

  it('that starts anew sees nothing twice', async () => {
    const [id, grouped] = [newId(), newId()];
    await yard.bury(messageBody({ id }), id);
    await yard.bury(messageBody({ id: grouped }), 'g');
    const first = yard.watch();
    const before = await yard.letters(2);
    await first.stop();
    await yard.show(id);
    await yard.show(grouped);
    const seen = await Promise.all([yard.receiptOf(id), yard.receiptOf(grouped)]);
    yard.watch();
    await vi.waitFor(async () => {
      expect(await yard.receiptOf(id)).not.toBe(seen[0]);
      expect(await yard.receiptOf(grouped)).not.toBe(seen[1]);
    }, 10_000);
    expect(await yard.letters(2)).toEqual(before);
    expect(yard.logged('letter.recorded')).toHaveLength(2);
    expect(await yard.dead()).toBe(2);
  });

  it('takes up where one was killed between the copy and the delete', async () => {
    const id = newId();
    const body = messageBody({ id });
    yard.watch();
    await yard.bury(body, 'g');
    await yard.letter(id);
    // The first copy that the killed one had not deleted.
    await yard.bury(body, 'g');
    await vi.waitFor(() => expect(yard.logged('letter.discarded')).toHaveLength(1), 10_000);
    expect(await yard.dead()).toBe(1);
    expect(await yard.letter(id)).toMatchObject({ state: 'waiting' });
  });

  it('takes up where one was killed between the record and the letter', async () => {
    const id = newId();
    await yard.killAfterRecord(id);
    await yard.bury(messageBody({ id }), id);
    yard.watch();
    expect(await yard.letter(id)).toMatchObject({ state: 'waiting' });
  });
});

describe('a list of dead letters', () => {
  it('is of one service, the last to die first, in pages', async () => {
    yard.watch();
    const ids = Array.from({ length: 5 }, () => newId());
    for (const id of ids) {
      await yard.bury(messageBody({ id }), id);
      await yard.letter(id);
    }
    const newest = ids.toReversed();
    const first = await yard.deadLetters.list({ limit: 3 });
    expect(first.letters.map(({ id }) => id)).toEqual(newest.slice(0, 3));
    const second = await yard.deadLetters.list({ limit: 3, cursor: first.cursor });
    expect(second.letters.map(({ id }) => id)).toEqual(newest.slice(3));
    expect(second.cursor).toBeUndefined();
    const { tasks } = await createReader(yard.table).list({ state: 'dead', limit: 10 });
    expect(tasks.map(({ id }) => id)).toEqual(newest);
    const platform = await yard.deadLetters.list({ service: 'platform', limit: 3 });
    expect(platform.letters).toEqual([]);
  });

  it.each([
    [{ limit: 0 }, 'limit: expected'],
    [{ limit: 5, cursor: 'x' }, 'cursor: expected the one that the page before ended with'],
  ])('refuses %j', async (request, message) => {
    await expect(yard.deadLetters.list(request)).rejects.toThrow(message);
  });
});
