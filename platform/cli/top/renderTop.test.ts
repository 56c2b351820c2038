import { newTaskId } from '@taskfleet/toolbox/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkerProcess } from '../../signals/index.ts';
import { Capture } from '../testing/runInProcess.ts';
import { displayWidth } from '../render/plainText.ts';
import type { FleetFrame } from './fleetFrame.ts';
import { renderTop, shareRows } from './renderTop.ts';

const AT = Date.UTC(2027, 0, 31, 12, 30);

const process = (n: number, given: Partial<WorkerProcess> = {}): WorkerProcess => ({
  id: `thumbnails_4f2a9c01b7d${n}` as WorkerProcess['id'],
  worker: 'thumbnails',
  lost: false,
  state: 'running',
  host: 'ip-10-0-0-1',
  pid: 7,
  toolbox: '0.1.0',
  node: '24.21.0',
  startedAt: AT - 600_000,
  beatAt: AT - 3_000,
  intervalSeconds: 10,
  leaseSeconds: 12,
  revision: 0,
  concurrency: 8,
  running: 2,
  tasks: [
    { id: 'thumbnails_1', task: 'thumbnails.create', startedAt: AT - 125_000 },
    { id: 'thumbnails_2', task: 'thumbnails.remove', startedAt: AT - 4_000 },
  ] as unknown as WorkerProcess['tasks'],
  processed: 1_200,
  failed: 3,
  retried: 2,
  rssBytes: 93_400_000,
  lagMs: 1.5,
  ...given,
});

const queue = (service: string, given: Partial<FleetFrame['queues'][number]> = {}) => ({
  service,
  queue: 'normal' as const,
  visible: 12,
  inFlight: 2,
  delayed: 0,
  deadLetters: 0,
  oldestAt: null,
  paused: false,
  ...given,
});

const source = { now: () => AT, randomBytes: () => new Uint8Array(16) };
const failure = (n: number, message: string): FleetFrame['failures'][number] => ({
  id: newTaskId('thumbnails', source),
  worker: 'thumbnails',
  task: 'thumbnails.create',
  state: n === 1 ? 'dead' : 'failed',
  attempt: 5,
  finishedAt: AT - n * 60_000,
  error: { name: 'Error', message, attempt: 5 },
});

const frame: FleetFrame = {
  stage: 'prod',
  at: AT,
  availability: { available: true },
  pace: { minutes: 10, ended: 64, failed: 1, points: [0, 4, 8, 6, 5, 9, 8, 8, 8, 8] },
  processes: [
    process(1),
    process(2, { state: 'paused', running: 0, tasks: [] }),
    process(3, { lost: true }),
    ...[4, 5, 6].map((n) => process(n)),
  ],
  queues: [
    queue('email', { visible: 0, inFlight: 0, deadLetters: 2 }),
    queue('platform', { visible: 0 }),
    queue('thumbnails', { paused: true }),
    queue('thumbnails', { queue: 'low', visible: 4_000, oldestAt: AT - 540_000 }),
  ],
  failures: [
    failure(1, 'the worker was killed in its last attempt'),
    failure(
      2,
      'no such photo: 写真\u001b[31m of a gallery whose name goes on and on and on and on',
    ),
    failure(3, 'timeout'),
    failure(4, 'timeout'),
  ],
};

const plain = new Capture();
const lines = (columns: number, rows: number, given: Partial<FleetFrame> = {}) =>
  renderTop(plain, { frame: { ...frame, ...given }, columns, rows, note: 'q quits, p pauses' });

describe('a picture of the fleet', () => {
  it('has 80 columns and 24 lines', () => {
    expect(lines(80, 24).join('\n')).toMatchInlineSnapshot(`
      "taskfleet  prod  12:30:00                                      q quits, p pauses
      6.4 tasks a minute  ▁▅█▆▅█████
      1 of 64 failed in 10 min
      the topic takes tasks

      PROCESS                  STATE    LOAD  FAILED  RUNS
      thumbnails_4f2a9c01b7d1  running  2/8   3       thumbnails.create 2m ago, thumb…
      thumbnails_4f2a9c01b7d2  paused   0/8   3
      thumbnails_4f2a9c01b7d3  lost     2/8   3       thumbnails.create 2m ago, thumb…
      thumbnails_4f2a9c01b7d4  running  2/8   3       thumbnails.create 2m ago, thumb…
      thumbnails_4f2a9c01b7d5  running  2/8   3       thumbnails.create 2m ago, thumb…
      thumbnails_4f2a9c01b7d6  running  2/8   3       thumbnails.create 2m ago, thumb…

      QUEUE           WAITING  OLDEST    IN FLIGHT  DELAYED  DEAD
      email           0                  0          0        2
      platform        0                  2          0        0
      thumbnails      12       ?         2          0        0     paused
      thumbnails low  4000     ≤ 9m ago  2          0        0

      FAILED  STATE   TASK               WHY
      1m ago  dead    thumbnails.create  the worker was killed in its last attempt
      2m ago  failed  thumbnails.create  no such photo: 写真 [31m of a gallery whose …
      3m ago  failed  thumbnails.create  timeout
      4m ago  failed  thumbnails.create  timeout"
    `);
  });

  it('has the most needed in 40 columns and 15 lines', () => {
    expect(lines(40, 15).join('\n')).toMatchInlineSnapshot(`
      "taskfleet  prod  12:30:00
      6.4 tasks a minute  ▁▅█▆▅█████
      1 of 64 failed in 10 min
      the topic takes tasks

      PROCESS                  STATE    LOAD
      thumbnails_4f2a9c01b7d1  running  2/8
      and 5 more processes

      QUEUE           WAITING  OLDEST    DEAD
      email           0                  2
      and 3 more queues

      FAILED  TASK               WHY
      1m ago  thumbnails.create  the worker w…"
    `);
  });

  it('says what is not there, and that the topic is away', () => {
    const since = AT - 30_000;
    const availability = {
      available: false,
      since,
      retryAfterMs: 5_000,
      reason: 'no answer',
    } as const;
    const pace = { minutes: 10, ended: 0, failed: 0, points: [] };
    const nothing = { processes: [], queues: [], failures: [] };
    expect(lines(60, 20, { availability, pace, ...nothing }).join('\n')).toMatchInlineSnapshot(`
      "taskfleet  prod  12:30:00                  q quits, p pauses
      0.0 tasks a minute
      0 of 0 failed in 10 min
      the topic takes no tasks since 30s ago: no answer

      PROCESS  STATE  LOAD  RUNS
      no worker is heard

      QUEUE  WAITING  OLDEST  DEAD
      no queues

      FAILED  TASK  WHY
      nothing has failed"
    `);
  });

  it('has everything where there is no terminal', () => {
    expect(lines(80, Infinity).join('\n')).not.toContain(' more ');
  });

  it('never goes beyond the terminal, however small, nor moves its cursor', () => {
    const size = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(size, ([columns, rows]) => {
        const shown = lines(columns, rows);
        expect(shown.length).toBeLessThanOrEqual(rows);
        for (const line of shown) {
          expect(displayWidth(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toMatch(/\p{C}/u);
        }
      }),
    );
  });
});

describe('sharing lines', () => {
  it('gives each what it wants while there is room, and else takes turns', () => {
    expect(shareRows([2, 3, 1], 10)).toEqual([2, 3, 1]);
    expect(shareRows([2, 3, 1], 5)).toEqual([2, 2, 1]);
    expect(shareRows([9, 1, 9], 6)).toEqual([3, 1, 2]);
    expect(shareRows([9, 1, 9], -3)).toEqual([0, 0, 0]);
  });
});
