import { describe, expect, it } from 'vitest';
import { checkFacts } from './checkFacts.ts';
import type { Facts, Life, Stop } from './facts.ts';
import { line, seen, soundFacts } from './sampleFacts.ts';

const [first, second] = soundFacts.asked;
const { sideLog } = soundFacts;

function broken(damage: Partial<Facts>): string[] {
  return checkFacts({ ...soundFacts, ...damage }).map(({ promise }) => promise);
}

describe('the checker', () => {
  it('finds nothing in a sound run', () => {
    expect(checkFacts(soundFacts)).toEqual([]);
  });

  it.each([
    { damage: 'has no result', seen: soundFacts.seen.slice(0, 2) },
    { damage: 'still runs', seen: [...soundFacts.seen.slice(0, 2), seen('second', {})] },
  ])('reports an acknowledged task that $damage', ({ seen }) => {
    expect(broken({ seen })).toEqual(['no acknowledged task is lost']);
  });

  it('lets a rejected task come to nothing', () => {
    const asked = [first!, { ...second!, answer: 'rejected' as const }];
    expect(
      broken({ asked, seen: soundFacts.seen.slice(0, 2), defined: new Set(['first']) }),
    ).toEqual([]);
  });

  it('takes a dead letter with a reason for an end', () => {
    const deadLetters = [{ queue: 'lab', id: 'second', reason: 'unknown task' }];
    expect(broken({ seen: soundFacts.seen.slice(0, 2), deadLetters })).toEqual([]);
  });

  it('reports an end that changed', () => {
    const again = seen('first', { state: 'failed', finishedAt: 1_150, at: 1_160 });
    expect(broken({ seen: [...soundFacts.seen, again] })).toContain('exactly one terminal state');
  });

  it.each([
    { damage: 'falls', after: { token: 0 } },
    { damage: 'changes hands', after: { holder: '2' } },
  ])('reports a fencing token that $damage', ({ after }) => {
    const [running, ...rest] = soundFacts.seen;
    const changed = seen('first', { at: 1_050, ...after });
    const promise = 'the fencing token grows with every holder';
    expect(broken({ seen: [running!, changed, ...rest] })).toContain(promise);
  });

  it('reports a task that begins before the one ahead of it in its group has ended', () => {
    const early = line('second', { kind: 'begin', at: 1_050, pid: 2 });
    expect(broken({ sideLog: sideLog.with(2, early) })).toEqual(['order within a group']);
  });

  it('reports a task that begins although the one ahead of it never ended', () => {
    const results = soundFacts.seen.filter(({ state }) => state !== 'succeeded');
    expect(broken({ seen: results })).toContain('order within a group');
  });

  it('takes what its handler said last for the end of a task that died', () => {
    const late = { state: 'dead', finishedAt: 9_000 } as const;
    const seen_ = soundFacts.seen.map((result) =>
      result.id === 'first' && result.finishedAt ? seen('first', { ...result, ...late }) : result,
    );
    const promises = broken({ seen: seen_ });
    expect(promises).not.toContain('order within a group');
  });

  it('reports an attempt beyond the last', () => {
    const beyond = line('first', { kind: 'begin', at: 1_050, attempt: 4 });
    expect(broken({ sideLog: [...sideLog, beyond] })).toContain('attempts within the policy');
  });

  it('reports an attempt beyond the last that no handler was seen in', () => {
    const beyond = seen('second', { state: 'failed', attempt: 4, finishedAt: 1_300, holder: '2' });
    expect(broken({ seen: [...soundFacts.seen.slice(0, 2), beyond] })).toEqual([
      'attempts within the policy',
    ]);
  });

  it('reports a handler that begins after the end', () => {
    const late = line('second', { kind: 'begin', at: 1_500, attempt: 2 });
    expect(broken({ sideLog: [...sideLog, late] })).toEqual([
      'never again after the terminal state',
    ]);
  });

  it('reports a handler that begins after the end also when it then ends the task anew', () => {
    const late = line('second', { kind: 'begin', at: 1_500, attempt: 2 });
    const again = seen('second', { state: 'succeeded', attempt: 2, token: 2, finishedAt: 1_600 });
    const promises = broken({ sideLog: [...sideLog, late], seen: [...soundFacts.seen, again] });
    expect(promises).toContain('exactly one terminal state');
    expect(promises).toContain('never again after the terminal state');
  });

  it('reports a success without a handler that returned', () => {
    expect(broken({ sideLog: sideLog.slice(0, 3) })).toContain('a result says what a handler did');
  });

  it('reports an acknowledged task without its definition', () => {
    expect(broken({ defined: new Set(['first']) })).toEqual(['a definition of every task']);
  });

  it.each([
    { what: 'a message in a queue', damage: { queues: [{ queue: 'lab', depth: 1 }] } },
    {
      what: 'a dead letter without a reason',
      damage: { deadLetters: [{ queue: 'lab', id: 'first', reason: undefined }] },
    },
  ])('reports $what', ({ damage }) => {
    expect(broken(damage)).toEqual(['nothing is left in a queue without a reason']);
  });
});

describe('a process that was sent SIGTERM', () => {
  const ended = (endedBy: string, stop: Partial<Stop> = {}, more: Partial<Life> = {}) => {
    const stopped = { at: 80_000, signals: 1, isOverdue: false, ...stop };
    const [one, two] = soundFacts.lives;
    return broken({ lives: [{ ...one!, upAt: 500, endedBy, stop: stopped, ...more }, two!] });
  };
  const inOrder = 'a stop in order ends with exit code 0';

  it('ends with 0', () => {
    expect(ended('exit code 0')).toEqual([]);
    expect(ended('exit code 1')).toEqual([inOrder]);
    expect(ended('SIGTERM')).toEqual([inOrder]);
  });

  it('may end with 1 on a second signal', () => {
    expect(ended('exit code 1', { signals: 2 })).toEqual([]);
    expect(ended('exit code 3', { signals: 2 })).toEqual([inOrder]);
  });

  it('may die of it before it is up', () => {
    expect(ended('SIGTERM', { at: 400 })).toEqual([]);
    expect(ended('exit code 1', { at: 400 })).toEqual([inOrder]);
  });

  it('never has to be killed', () => {
    expect(ended('SIGKILL', { isOverdue: true })).toEqual(['a stop is bounded by its grace']);
  });
});
