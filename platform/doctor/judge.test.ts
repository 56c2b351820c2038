import {
  combineRecord,
  defineTask,
  defineWorker,
  fargate,
  type TaskRecord,
  type Worker,
} from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { judgeEnd } from './judgeEnd.ts';
import { judgeSilence, type SilenceToJudge } from './judgeSilence.ts';
import { judgeTracking } from './judgeTracking.ts';

const schemas = { input: z.string(), output: z.string() };
const send = defineTask('mail.send', schemas);
const check = defineTask('mail.check', schemas);
const worker: Worker = defineWorker('mail', { tasks: [send, check] });
const idle: Worker = defineWorker('mail', {
  tasks: [send],
  compute: fargate({ scale: { min: 0 } }),
});

const queued = combineRecord(`mail_${'0'.repeat(32)}`, {});
const answer = (tasks: readonly string[]): TaskRecord => ({
  ...queued,
  state: 'succeeded',
  output: { worker: 'mail', tasks: [...tasks], node: '24.0.0' },
});

const verdicts = (record: TaskRecord) =>
  judgeEnd({ worker, record, tookMs: 640.4 }).map(({ rule, verdict }) => `${verdict} ${rule}`);

describe('the end of a ping', () => {
  it('shows how long it took, and who answered', () => {
    const record = answer(['mail.send', 'mail.check']);
    expect(judgeEnd({ worker, record, tookMs: 640.4 })).toEqual([
      { subject: 'ping of mail', rule: 'answers', verdict: 'ok', note: '640 ms, Node 24.0.0' },
      { subject: 'ping of mail', rule: 'handles the declared tasks', verdict: 'ok' },
    ]);
  });

  it('shows a worker of another version', () => {
    expect(verdicts(answer(['mail.send']))).toEqual([
      'ok answers',
      'error handles the declared tasks',
    ]);
    expect(verdicts(answer(['mail.send', 'mail.check', 'mail.new']))).toEqual([
      'ok answers',
      'warning handles the declared tasks',
    ]);
    expect(verdicts({ ...queued, state: 'succeeded', output: 'pong' })).toEqual(['error answers']);
  });

  it('says why there was no success, and how to clear up what is left', () => {
    const error = { name: 'DeadLetter', message: 'unknown task "mail.ping"', attempt: 0 };
    const [finding] = judgeEnd({ worker, record: { ...queued, state: 'dead', error }, tookMs: 1 });
    expect(finding).toMatchObject({
      verdict: 'error',
      cause: 'its ping is dead: unknown task "mail.ping"',
      mend: expect.stringContaining(`taskfleet dead purge ${queued.id}`),
    });
    expect(verdicts({ ...queued, state: 'cancelled' })).toEqual(['error answers']);
  });
});

describe('a ping without an answer', () => {
  const place = { stage: 'dev', isLocal: false };
  const depth = { waiting: 0, held: 0 };
  const silence: SilenceToJudge = { worker, record: queued, depth, place, timeoutMs: 30_000 };

  it.each<[Partial<SilenceToJudge>, string, string]>([
    [{ depth: { waiting: 2, held: 0 } }, '2 waiting, 0 held: nobody receives', 'desired count'],
    [
      { depth: { waiting: 2, held: 0 }, worker: idle },
      'nobody receives',
      'it scales from zero, which takes minutes: ask again with --timeout 5m',
    ],
    [
      { depth: { waiting: 2, held: 0 }, place: { stage: 'local', isLocal: true } },
      'nobody receives',
      '.taskfleet/logs/mail.log',
    ],
    [{ depth: { waiting: 0, held: 1 } }, 'somebody receives, and has not come to it', 'scale.max'],
    [{}, '0 waiting, 0 held: it has not arrived', 'mend the subscription'],
    [{ depth: undefined }, 'its queue cannot be looked into', 'mend that first'],
    [{ record: { ...queued, state: 'running', attempt: 1 } }, 'running, in attempt 1', 'its log'],
  ])('%j is explained by where its message is', (change, cause, mend) => {
    const finding = judgeSilence({ ...silence, ...change });
    expect(finding).toMatchObject({ verdict: 'error', subject: 'ping of mail', rule: 'answers' });
    expect(finding.cause).toMatch(/^no answer within 30 s: /);
    expect(finding.cause).toContain(cause);
    expect(finding.mend).toContain(mend);
  });
});

describe('the platform', () => {
  const place = { stage: 'dev', isLocal: false };
  const pinged = (isTracked: boolean) => ({ checks: [], isTracked });

  it('is well when it has recorded every ping', () => {
    expect(judgeTracking([pinged(true), { checks: [] }], place)).toMatchObject([{ verdict: 'ok' }]);
  });

  it('is not when one is missing, and nothing is said when none was scheduled', () => {
    const [finding] = judgeTracking([pinged(true), pinged(false)], place);
    expect(finding).toMatchObject({ verdict: 'error', subject: 'platform' });
    expect(finding).toHaveProperty('cause', expect.stringContaining('of 1 of 2 pings'));
    expect(judgeTracking([{ checks: [] }], place)).toEqual([]);
  });
});
