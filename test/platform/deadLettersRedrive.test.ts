import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { claimTask, recordRedriven } from '@taskfleet/toolbox/table';
import { createReader } from '@taskfleet/platform/reader';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { requestRedrive } from '../../platform/deadLetters/changeEntry.ts';
import { deadMessage } from '../../platform/deadLetters/deadMessage.ts';
import { readEntry } from '../../platform/deadLetters/keepEntry.ts';
import { keepHidden } from '../../platform/deadLetters/keepHidden.ts';
import { readLetter } from '../../platform/deadLetters/letter.ts';
import { receiveDead } from '../../platform/deadLetters/letterQueue.ts';
import { redriveLetter } from '../../platform/deadLetters/redriveLetter.ts';
import { queueDepth } from '../fixtures/queueDepth.ts';
import { recordTraces } from '../fixtures/recordTraces.ts';
import { platformStatistics } from '../fixtures/startParts.ts';
import { ask, sampleFleet, say } from './sampleFleet.ts';
import { type Graveyard, startGraveyard } from './startGraveyard.ts';
import { messageBody, newId, silent } from './startPlatformUnderTest.ts';

const timeoutMs = 10_000;

let yard: Graveyard;
beforeEach(async () => {
  yard = await startGraveyard();
});
afterEach(() => yard.stop());

const recordOf = async (id: string) => createReader(yard.table).get(id);

const stateIs = async (id: string, state: string) =>
  vi.waitFor(async () => expect((await recordOf(id)).state).toBe(state), timeoutMs);

const waiting = async () => queueDepth(yard.clients.sqs, yard.urlsOf('echo').queueUrl);

describe('a redriven task', () => {
  it('runs to its end with all attempts before it, within five minutes of its scheduling', async () => {
    const { id } = await yard.scheduler.schedule(say, { text: 'ho' });
    // Its only attempt.
    await claimTask(yard.table, {
      id,
      nonce: 'killed',
      holder: 'killed',
      now: Date.now(),
      maxAttempts: 3,
    });
    await yard.receiveToDeath();
    yard.watch();
    await yard.letter(id);
    expect(await yard.deadLetters.redrive(id, { timeoutMs })).toEqual({
      redriven: [id],
      pending: [],
    });
    expect(await yard.dead()).toBe(0);
    expect(await recordOf(id)).toMatchObject({ state: 'queued', attempt: 0 });
    expect(await recordOf(id)).not.toHaveProperty('error');
    yard.work();
    await stateIs(id, 'succeeded');
    expect(await recordOf(id)).toMatchObject({ attempt: 1, output: { said: 'ho' } });
    expect(await yard.letters(0)).toEqual([]);
    expect((await yard.deadLetters.get(id)).letter.state).toBe('redriven');
  });

  it('runs in the trace of the call that scheduled it', async () => {
    const traces = recordTraces();
    onTestFinished(() => traces.stop());
    const { id } = await traces.inSpan('GET /', async () =>
      yard.scheduler.schedule(say, { text: 'ho' }),
    );
    await yard.receiveToDeath();
    yard.watch();
    await yard.letter(id);
    await yard.deadLetters.redrive(id, { timeoutMs });
    yard.work();
    await vi.waitFor(() => expect(traces.named('run echo.say')[0]?.isEnded).toBe(true), timeoutMs);
    const [request, scheduled, run] = ['GET /', 'schedule echo.say', 'run echo.say'].map(
      (name) => traces.named(name)[0],
    );
    expect(run?.own.traceId).toBe(request?.own.traceId);
    expect(run?.parentId).toBe(scheduled?.own.spanId);
  });

  it('keeps its group, and all of a group their order', async () => {
    const ids = Array.from({ length: 12 }, () => newId());
    for (const [i, id] of ids.entries()) {
      await yard.bury(messageBody({ id, task: ask.name, input: { children: i } }), 'echo:all');
    }
    yard.watch();
    await yard.letters(12);
    const { redriven } = await yard.deadLetters.redriveAll('echo', { timeoutMs });
    expect(redriven).toEqual(ids);
    const order: number[] = [];
    yard.work({
      'echo.ask': ({ children }) => {
        order.push(children);
        return { asked: children };
      },
    });
    await stateIs(ids.at(-1)!, 'succeeded');
    expect(order).toEqual(ids.map((_, i) => i));
  });

  it('that dies again is a letter again, and can be redriven again', async () => {
    const id = newId();
    yard.work();
    yard.watch();
    await yard.deliver(messageBody({ id, task: 'echo.sing' }), 'g');
    const first = await yard.letter(id);
    await yard.deadLetters.redrive(id, { timeoutMs });
    await vi.waitFor(() => expect(yard.logged('letter.recorded')).toHaveLength(2), timeoutMs);
    expect(await yard.letter(id)).toMatchObject({ reason: first.reason, group: 'g' });
    await stateIs(id, 'dead');
    await yard.deadLetters.redrive(id, { timeoutMs });
    await vi.waitFor(() => expect(yard.logged('letter.recorded')).toHaveLength(3), timeoutMs);
    await vi.waitFor(async () => expect(await yard.dead()).toBe(1), timeoutMs);
  });

  it('that nobody can read comes back to its queue as it was', async () => {
    yard.watch();
    await yard.bury('garbage', 'g');
    const [letter] = await yard.letters(1);
    await yard.deadLetters.redrive(letter!.id, { timeoutMs });
    expect(await waiting()).toBe(1);
    yard.work();
    await vi.waitFor(() => expect(yard.logged('letter.recorded')).toHaveLength(2), timeoutMs);
    expect(await yard.letters(1)).toMatchObject([{ id: letter!.id, group: 'g' }]);
  });
});

describe('a redrive', () => {
  it('that the platform does not answer stands until it runs', async () => {
    const id = newId();
    await yard.bury(messageBody({ id }), 'g');
    const watcher = yard.watch();
    await yard.letter(id);
    await watcher.stop();
    const asked = await yard.deadLetters.redrive(id, { timeoutMs: 200 });
    expect(asked).toEqual({ redriven: [], pending: [id] });
    expect((await yard.letters(1))[0]).toMatchObject({ state: 'redriving' });
    await expect(yard.deadLetters.purge(id)).rejects.toThrow('is about to go back to its queue');
    yard.watch();
    yard.work();
    await stateIs(id, 'succeeded');
    expect(await yard.dead()).toBe(0);
  });

  it('sends nothing before the record allows it to run', async () => {
    const unreachable = createClients({
      region: 'eu-central-1',
      endpoints: { ...yard.endpoints, dynamodb: 'http://127.0.0.1:1' },
    });
    const letter = readLetter('echo', deadMessage({ Body: messageBody(), MessageId: 'm' }));
    const table = { ...yard.table, dynamodb: unreachable.dynamodb };
    const redriven = redriveLetter({ ...letterOptions(), table }, { ...letter, groupId: 'g' });
    await expect(redriven).rejects.toThrow('ECONNREFUSED');
    expect(await waiting()).toBe(0);
  });

  it('that is asked for while the letter is in hand is not forgotten for an hour', async () => {
    const id = await hiddenLetter();
    await yard.show(id);
    const { deadLetterQueueUrl } = yard.urlsOf('echo');
    const [message] = await receiveDead(yard.clients.sqs, deadLetterQueueUrl, 1);
    await requestRedrive(yard.table, (await readEntry(yard.table, id))!);
    await keepHidden(letterOptions(), readLetter('echo', message!));
    expect([await waiting(), await yard.dead()]).toEqual([1, 0]);
  });

  it('killed before the message was sent is taken up, and loses nothing', async () => {
    const id = await hiddenLetter();
    await requestRedrive(yard.table, (await readEntry(yard.table, id))!);
    await recordRedriven(yard.table, id);
    expect(await waiting()).toBe(0);
    await resume(id);
    expect(await waiting()).toBe(1);
    yard.work();
    await stateIs(id, 'succeeded');
  });

  it('killed after the message was sent is taken up, and the task runs once', async () => {
    const id = await hiddenLetter();
    await requestRedrive(yard.table, (await readEntry(yard.table, id))!);
    await recordRedriven(yard.table, id);
    await yard.deliver(messageBody({ id }), 'g');
    let runs = 0;
    yard.work({
      'echo.say': ({ text }) => {
        runs += 1;
        return { said: text };
      },
    });
    await stateIs(id, 'succeeded');
    await resume(id);
    await vi.waitFor(async () => expect(await waiting()).toBe(0), timeoutMs);
    expect(runs).toBe(1);
    expect(await yard.dead()).toBe(0);
  });

  it('killed before the delete leaves nothing that would die once more', async () => {
    const id = await hiddenLetter();
    await yard.show(id);
    await yard.redriveWithoutDelete(id);
    yard.watch();
    await vi.waitFor(() => expect(yard.logged('letter.discarded')).toHaveLength(1), timeoutMs);
    expect((await recordOf(id)).state).toBe('queued');
    expect(await yard.dead()).toBe(0);
  });

  it.each([
    ['an id that no letter has', async () => newId(), 'no dead letter has the id'],
    ['text that is no id', async () => 'x', 'no dead letter has the id "x"'],
  ])('of %s is refused', async (_, idOf, message) => {
    await expect(yard.deadLetters.redrive(await idOf(), { timeoutMs })).rejects.toThrow(message);
  });

  it('of all of an unknown worker is refused with the nearest', async () => {
    const asked = yard.deadLetters.redriveAll('ecoh', { timeoutMs });
    await expect(asked).rejects.toThrow('no worker is called "ecoh"; did you mean "echo"?');
  });

  /** What a watcher of the worker's dead letters has. */
  function letterOptions() {
    const { sqs } = yard.clients;
    const rest = {
      fleet: sampleFleet,
      clock: systemClock,
      flows: { advance: async () => undefined },
      statistics: platformStatistics(yard.table),
      log: silent,
    };
    return { ...rest, sqs, table: yard.table, queues: yard.urlsOf('echo') };
  }

  /** A letter that a watcher has recorded which runs no more. */
  async function hiddenLetter() {
    const id = newId();
    await yard.bury(messageBody({ id }), 'g');
    const watcher = yard.watch();
    await yard.letter(id);
    await yard.receiptOf(id);
    await watcher.stop();
    return id;
  }

  async function resume(id: Awaited<ReturnType<typeof hiddenLetter>>) {
    await yard.show(id);
    yard.watch();
    await vi.waitFor(() => expect(yard.logged('letter.redriven')).toHaveLength(1), timeoutMs);
  }
});
