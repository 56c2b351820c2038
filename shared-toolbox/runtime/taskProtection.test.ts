import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ManualClock, manualClock } from '../testing/manualClock.ts';
import { type MemoryLog, memoryLog } from '../testing/memoryLog.ts';
import { TaskProtection } from './taskProtection.ts';

const MINUTE = 60_000;

let server: Server;
let asked: unknown[];
let status: number;
let clock: ManualClock;
let log: MemoryLog;
let running: number;
let protection: TaskProtection;

beforeEach(async () => {
  [asked, status, running] = [[], 200, 0];
  [clock, log] = [manualClock(), memoryLog()];
  server = createServer((request, response) => {
    void json(request).then((body) => {
      asked.push({ path: `${request.method} ${request.url}`, body });
      response.writeHead(status).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  protection = new TaskProtection({
    agentUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/1`,
    running: () => running,
    longestMs: 10 * MINUTE,
    clock,
    log: log.log,
  });
});

afterEach(() => {
  protection.stop();
  server.closeAllConnections();
  server.close();
});

async function lookAfter(ms: number, tasks: number): Promise<void> {
  clock.advance(ms);
  running = tasks;
  await protection.look();
}

const on = {
  path: 'PUT /api/1/task-protection/v1/state',
  body: { ProtectionEnabled: true, ExpiresInMinutes: 11 },
};
const off = { ...on, body: { ProtectionEnabled: false } };

describe('a container', () => {
  it('that runs nothing asks for nothing', async () => {
    await lookAfter(MINUTE, 0);
    expect(asked).toEqual([]);
  });

  it('is protected while it runs tasks, for no longer than the longest may take', async () => {
    await lookAfter(0, 1);
    await lookAfter(MINUTE, 3);
    expect(asked).toEqual([on]);
    await lookAfter(MINUTE, 0);
    await lookAfter(MINUTE, 0);
    expect(asked).toEqual([on, off]);
    await lookAfter(0, 1);
    expect(asked).toEqual([on, off, on]);
  });

  it('that is busy without end lets others have their turn for a minute', async () => {
    await lookAfter(0, 5);
    await lookAfter(11 * MINUTE, 5);
    await lookAfter(MINUTE - 1, 5);
    expect(asked).toEqual([on]);
    await lookAfter(1, 5);
    expect(asked).toEqual([on, on]);
  });

  it('that cannot be protected says so once, and tries again', async () => {
    status = 500;
    await lookAfter(0, 1);
    await lookAfter(5_000, 1);
    expect(log.of('protection.failed')).toMatchObject([
      { error: expect.stringContaining('ECS answered 500') },
    ]);
    status = 200;
    await lookAfter(5_000, 1);
    await lookAfter(5_000, 0);
    expect(asked).toEqual([on, on, on, off]);
  });
});
