import { afterEach, describe, expect, it } from 'vitest';
import { FormatError } from '../../contract/index.ts';
import type { Control, Heartbeat } from '../../table/index.ts';
import { manualClock } from '../../testing/manualClock.ts';
import { memoryLog } from '../../testing/memoryLog.ts';
import { Tally } from '../tally.ts';
import { Heart } from './heart.ts';
import { Orders } from './orders.ts';

const id = 'echo_00000000000a';
const task = { id: `echo_${'0a'.repeat(16)}`, task: 'echo.say', startedAt: 1 } as const;

let heart: Heart | undefined;
afterEach(async () => heart?.stop());

function beating(listening: readonly (Control | Error)[] = []) {
  const answers = [...listening];
  const said: Heartbeat[] = [];
  const removed: string[] = [];
  const clock = manualClock();
  const memory = memoryLog();
  const { log } = memory;
  const of = (event: string) => memory.of(event);
  const orders = new Orders({ id, onConcurrency: () => undefined, log });
  const tally = new Tally();
  const faults = { say: undefined as Error | undefined };
  const made = new Heart({
    id,
    intervalSeconds: 60,
    leaseSeconds: 12,
    concurrency: () => 4,
    orders,
    listen: async () => {
      const answer = answers.shift() ?? { v: 1, revision: 0, cancels: [] };
      if (answer instanceof Error) throw answer;
      orders.hear(answer);
    },
    say: async (heartbeat) => {
      if (faults.say) throw faults.say;
      said.push(heartbeat);
    },
    unsay: async () => void removed.push(id),
    tally,
    lag: { take: () => 1.5, stop: () => undefined },
    clock,
    log,
  });
  heart = made;
  const open = async () => orders.whenOpen();
  return { heart: made, orders, tally, said, removed, clock, faults, of, open };
}

const paused: Control = {
  v: 1,
  revision: 3,
  cancels: [],
  wanted: { paused: { value: true, by: 'alice', at: 1 } },
};

describe('a heartbeat', () => {
  it('says what the process runs, has run, and how it is', async () => {
    const { heart, tally, said, clock, open } = beating();
    await open();
    const ended = tally.begin(task);
    tally.begin({ ...task, id: `echo_${'0b'.repeat(16)}` })('retrying');
    clock.advance(10_000);
    await heart.beat();
    ended('failed');
    await heart.beat();
    const [first, second, third] = said;
    expect(first).toMatchObject({ id, worker: 'echo', beat: 1, running: 0, state: 'running' });
    expect(second).toMatchObject({
      beat: 2,
      running: 1,
      tasks: [task],
      processed: 1,
      retried: 1,
      failed: 0,
      concurrency: 4,
      leaseSeconds: 12,
      intervalSeconds: 60,
      lagMs: 1.5,
      revision: 0,
      pid: process.pid,
      node: process.versions.node,
      toolbox: expect.any(String),
    });
    expect(second!.beatAt - first!.beatAt).toBe(10_000);
    expect(second!.rssBytes).toBeGreaterThan(1_000_000);
    expect(third).toMatchObject({ running: 0, processed: 2, failed: 1 });
  });

  it('comes before the process may receive anything', async () => {
    const { said, open } = beating();
    expect(said).toEqual([]);
    await open();
    expect(said).toHaveLength(1);
  });

  it('waits for the first orders as long as the table is away', async () => {
    const away = Object.assign(new Error('away'), { name: 'ResourceNotFoundException' });
    const { orders, clock, of, open } = beating([away, away, paused]);
    const closed = orders.whenOpen();
    await expect.poll(() => orders.isBorn).toBe(true);
    expect(clock.slept).toEqual([1_000, 1_000]);
    expect([orders.paused, orders.whenOpen()]).toEqual([true, closed]);
    expect(of('heartbeat.failed')).toHaveLength(1);
    orders.hear({ ...paused, revision: 4, wanted: {} });
    await open();
  });

  it('has the process work although its orders cannot be read', async () => {
    const { said, of, open } = beating([
      new FormatError('control#echo', { field: 'v', message: 'expected 1' }),
    ]);
    await open();
    expect(said).toHaveLength(1);
    expect(of('heartbeat.failed')).toHaveLength(1);
  });

  it('says once that it fails, and again after it has not', async () => {
    const { heart, faults, of, open } = beating();
    await open();
    faults.say = new Error('throttled');
    await heart.beat();
    await heart.beat();
    expect(of('heartbeat.failed')).toHaveLength(1);
    faults.say = undefined;
    await heart.beat();
    faults.say = new Error('throttled');
    await heart.beat();
    expect(of('heartbeat.failed')).toHaveLength(2);
  });

  it('says that the process is paused, that it stops, and is taken back at its end', async () => {
    const { heart, said, removed } = beating([paused]);
    await heart.beat();
    heart.stopping();
    await heart.beat();
    expect(said.map(({ state }) => state)).toEqual(['paused', 'stopping']);
    expect(said.at(-1)?.revision).toBe(3);
    await heart.stop();
    expect(removed).toEqual([id]);
  });
});
