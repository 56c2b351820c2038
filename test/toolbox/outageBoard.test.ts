import { type OutageBoard, tableBoard } from '@taskfleet/toolbox/breaker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';

let stack: TableUnderTest;
let board: OutageBoard;
let now: number;
let boards = 0;
const REFUSED = 'conditional';
beforeAll(async () => {
  stack = await startTaskTable();
});
afterAll(async () => stack.stop());
beforeEach(() => {
  now = 1_700_000_000_000;
  boards += 1;
  board = tableBoard({ table: stack.table, name: `topic${boards}`, clock: { now: () => now } });
});

const outage = (id: string, forMs = 10_000) => ({ id, reason: 'away', until: now + forMs });

describe('the board in the table', () => {
  it('has what was told, until it is cleared', async () => {
    expect(await board.read()).toBeUndefined();
    await board.tell(outage('a'));
    expect(await board.read()).toEqual(outage('a'));
    await board.clear('a');
    expect(await board.read()).toBeUndefined();
  });

  it('keeps the first of two, and lets only it be told again or cleared', async () => {
    await board.tell(outage('a'));
    await expect(board.tell(outage('b'))).rejects.toThrow(REFUSED);
    await expect(board.clear('b')).rejects.toThrow(REFUSED);
    await board.tell(outage('a', 20_000));
    expect(await board.read()).toEqual(outage('a', 20_000));
  });

  it('forgets what is not told again', async () => {
    await board.tell(outage('a'));
    now += 10_001;
    expect(await board.read()).toBeUndefined();
    await board.tell(outage('b'));
    expect(await board.read()).toEqual(outage('b'));
  });
});
